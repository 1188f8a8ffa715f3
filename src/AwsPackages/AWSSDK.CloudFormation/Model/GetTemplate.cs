using Amazon.Runtime;
using PostureScanner.AwsPackages;

namespace Amazon.CloudFormation.Model;

public class GetTemplateRequest : AmazonCloudFormationRequest
{
    public string ChangeSetName { get; set; }

    public string StackName { get; set; }

    public TemplateStage TemplateStage { get; set; }

    internal static void Write(QueryWriter writer, GetTemplateRequest request)
    {
        writer.Text("ChangeSetName", request.ChangeSetName);
        writer.Text("StackName", request.StackName);
        writer.Text("TemplateStage", request.TemplateStage);
    }
}

public class GetTemplateResponse : AmazonWebServiceResponse
{
    public List<string> StagesAvailable { get; set; } = Unset.List<string>();

    /// <summary>JSON, or YAML with short-form intrinsics, as it was submitted.</summary>
    public string TemplateBody { get; set; }

    internal static GetTemplateResponse Read(XmlReading reading) => new()
    {
        StagesAvailable = reading.Texts("StagesAvailable"),
        TemplateBody = reading.Text("TemplateBody"),
    };
}
