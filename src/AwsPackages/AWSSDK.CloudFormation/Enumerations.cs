using Amazon.Runtime;

namespace Amazon.CloudFormation;

public class DeletionMode(string value) : ConstantClass(value)
{
    public static readonly DeletionMode FORCE_DELETE_STACK = new("FORCE_DELETE_STACK");
    public static readonly DeletionMode STANDARD = new("STANDARD");

    public static DeletionMode FindValue(string value) => FindValue<DeletionMode>(value);

    public static implicit operator DeletionMode(string value) => FindValue(value);
}

public class ResourceStatus(string value) : ConstantClass(value)
{
    public static readonly ResourceStatus CREATE_COMPLETE = new("CREATE_COMPLETE");
    public static readonly ResourceStatus CREATE_FAILED = new("CREATE_FAILED");
    public static readonly ResourceStatus CREATE_IN_PROGRESS = new("CREATE_IN_PROGRESS");
    public static readonly ResourceStatus DELETE_COMPLETE = new("DELETE_COMPLETE");
    public static readonly ResourceStatus DELETE_FAILED = new("DELETE_FAILED");
    public static readonly ResourceStatus DELETE_IN_PROGRESS = new("DELETE_IN_PROGRESS");
    public static readonly ResourceStatus DELETE_SKIPPED = new("DELETE_SKIPPED");
    public static readonly ResourceStatus EXPORT_COMPLETE = new("EXPORT_COMPLETE");
    public static readonly ResourceStatus EXPORT_FAILED = new("EXPORT_FAILED");
    public static readonly ResourceStatus EXPORT_IN_PROGRESS = new("EXPORT_IN_PROGRESS");
    public static readonly ResourceStatus EXPORT_ROLLBACK_COMPLETE = new("EXPORT_ROLLBACK_COMPLETE");
    public static readonly ResourceStatus EXPORT_ROLLBACK_FAILED = new("EXPORT_ROLLBACK_FAILED");
    public static readonly ResourceStatus EXPORT_ROLLBACK_IN_PROGRESS = new("EXPORT_ROLLBACK_IN_PROGRESS");
    public static readonly ResourceStatus IMPORT_COMPLETE = new("IMPORT_COMPLETE");
    public static readonly ResourceStatus IMPORT_FAILED = new("IMPORT_FAILED");
    public static readonly ResourceStatus IMPORT_IN_PROGRESS = new("IMPORT_IN_PROGRESS");
    public static readonly ResourceStatus IMPORT_ROLLBACK_COMPLETE = new("IMPORT_ROLLBACK_COMPLETE");
    public static readonly ResourceStatus IMPORT_ROLLBACK_FAILED = new("IMPORT_ROLLBACK_FAILED");
    public static readonly ResourceStatus IMPORT_ROLLBACK_IN_PROGRESS = new("IMPORT_ROLLBACK_IN_PROGRESS");
    public static readonly ResourceStatus ROLLBACK_COMPLETE = new("ROLLBACK_COMPLETE");
    public static readonly ResourceStatus ROLLBACK_FAILED = new("ROLLBACK_FAILED");
    public static readonly ResourceStatus ROLLBACK_IN_PROGRESS = new("ROLLBACK_IN_PROGRESS");
    public static readonly ResourceStatus UPDATE_COMPLETE = new("UPDATE_COMPLETE");
    public static readonly ResourceStatus UPDATE_FAILED = new("UPDATE_FAILED");
    public static readonly ResourceStatus UPDATE_IN_PROGRESS = new("UPDATE_IN_PROGRESS");
    public static readonly ResourceStatus UPDATE_ROLLBACK_COMPLETE = new("UPDATE_ROLLBACK_COMPLETE");
    public static readonly ResourceStatus UPDATE_ROLLBACK_FAILED = new("UPDATE_ROLLBACK_FAILED");
    public static readonly ResourceStatus UPDATE_ROLLBACK_IN_PROGRESS = new("UPDATE_ROLLBACK_IN_PROGRESS");

    public static ResourceStatus FindValue(string value) => FindValue<ResourceStatus>(value);

    public static implicit operator ResourceStatus(string value) => FindValue(value);
}

public class StackStatus(string value) : ConstantClass(value)
{
    public static readonly StackStatus CREATE_COMPLETE = new("CREATE_COMPLETE");
    public static readonly StackStatus CREATE_FAILED = new("CREATE_FAILED");
    public static readonly StackStatus CREATE_IN_PROGRESS = new("CREATE_IN_PROGRESS");
    public static readonly StackStatus DELETE_COMPLETE = new("DELETE_COMPLETE");
    public static readonly StackStatus DELETE_FAILED = new("DELETE_FAILED");
    public static readonly StackStatus DELETE_IN_PROGRESS = new("DELETE_IN_PROGRESS");
    public static readonly StackStatus IMPORT_COMPLETE = new("IMPORT_COMPLETE");
    public static readonly StackStatus IMPORT_IN_PROGRESS = new("IMPORT_IN_PROGRESS");
    public static readonly StackStatus IMPORT_ROLLBACK_COMPLETE = new("IMPORT_ROLLBACK_COMPLETE");
    public static readonly StackStatus IMPORT_ROLLBACK_FAILED = new("IMPORT_ROLLBACK_FAILED");
    public static readonly StackStatus IMPORT_ROLLBACK_IN_PROGRESS = new("IMPORT_ROLLBACK_IN_PROGRESS");
    public static readonly StackStatus REVIEW_IN_PROGRESS = new("REVIEW_IN_PROGRESS");
    public static readonly StackStatus ROLLBACK_COMPLETE = new("ROLLBACK_COMPLETE");
    public static readonly StackStatus ROLLBACK_FAILED = new("ROLLBACK_FAILED");
    public static readonly StackStatus ROLLBACK_IN_PROGRESS = new("ROLLBACK_IN_PROGRESS");
    public static readonly StackStatus UPDATE_COMPLETE = new("UPDATE_COMPLETE");
    public static readonly StackStatus UPDATE_COMPLETE_CLEANUP_IN_PROGRESS = new("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
    public static readonly StackStatus UPDATE_FAILED = new("UPDATE_FAILED");
    public static readonly StackStatus UPDATE_IN_PROGRESS = new("UPDATE_IN_PROGRESS");
    public static readonly StackStatus UPDATE_ROLLBACK_COMPLETE = new("UPDATE_ROLLBACK_COMPLETE");
    public static readonly StackStatus UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS = new("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
    public static readonly StackStatus UPDATE_ROLLBACK_FAILED = new("UPDATE_ROLLBACK_FAILED");
    public static readonly StackStatus UPDATE_ROLLBACK_IN_PROGRESS = new("UPDATE_ROLLBACK_IN_PROGRESS");

    public static StackStatus FindValue(string value) => FindValue<StackStatus>(value);

    public static implicit operator StackStatus(string value) => FindValue(value);
}

public class TemplateStage(string value) : ConstantClass(value)
{
    public static readonly TemplateStage Original = new("Original");
    public static readonly TemplateStage Processed = new("Processed");

    public static TemplateStage FindValue(string value) => FindValue<TemplateStage>(value);

    public static implicit operator TemplateStage(string value) => FindValue(value);
}
