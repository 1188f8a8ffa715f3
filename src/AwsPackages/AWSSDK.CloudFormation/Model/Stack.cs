using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation.Model;

/// <summary>Parameters and outputs are left out: people put secrets there.</summary>
public class Stack
{
    public DateTime? CreationTime { get; set; }

    public DeletionMode DeletionMode { get; set; }

    public DateTime? DeletionTime { get; set; }

    public string Description { get; set; }

    /// <summary>Of a nested stack: look at the root's.</summary>
    public bool? EnableTerminationProtection { get; set; }

    /// <summary>Absent until the first update.</summary>
    public DateTime? LastUpdatedTime { get; set; }

    public string ParentId { get; set; }

    public bool? RetainExceptOnCreate { get; set; }

    public string RootId { get; set; }

    public string StackId { get; set; }

    public string StackName { get; set; }

    public StackStatus StackStatus { get; set; }

    public string StackStatusReason { get; set; }

    public List<Tag> Tags { get; set; } = Unset.List<Tag>();

    internal static Stack Read(XmlReading reading) => new()
    {
        CreationTime = reading.Time("CreationTime"),
        DeletionMode = reading.Text("DeletionMode"),
        DeletionTime = reading.Time("DeletionTime"),
        Description = reading.Text("Description"),
        EnableTerminationProtection = reading.Flag("EnableTerminationProtection"),
        LastUpdatedTime = reading.Time("LastUpdatedTime"),
        ParentId = reading.Text("ParentId"),
        RetainExceptOnCreate = reading.Flag("RetainExceptOnCreate"),
        RootId = reading.Text("RootId"),
        StackId = reading.Text("StackId"),
        StackName = reading.Text("StackName"),
        StackStatus = reading.Text("StackStatus"),
        StackStatusReason = reading.Text("StackStatusReason"),
        Tags = reading.Structures("Tags", Tag.Read),
    };
}

public class Tag
{
    public string Key { get; set; }

    public string Value { get; set; }

    internal static Tag Read(XmlReading reading) => new()
    {
        Key = reading.Text("Key"),
        Value = reading.Text("Value"),
    };
}
