using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PostureScanner.Sandbox.Reading;

/// <summary>Everything that is wrong with one file, in the order it was found.</summary>
internal sealed class Problems(string fileName)
{
    private readonly List<string> found = [];

    public void Add(YamlNode node, string message) => Add(node.Start, message);

    public void Add(Mark at, string message) => found.Add(string.Create(CultureInfo.InvariantCulture, $"{fileName}:{at.Line}:{at.Column}: {message}"));

    public void ThrowIfAny()
    {
        if (found.Count > 0)
            throw new EstateException(found);
    }

    /// <summary>The document's root, or an exception that says why there is none.</summary>
    public YamlMap Parse(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException problem)
        {
            Add(problem.Start, problem.InnerException?.Message ?? problem.Message);
            ThrowIfAny();
        }

        if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            return new YamlMap(root, this);
        Add(Mark.Empty, "a file holds one YAML mapping");
        throw new EstateException(found);
    }
}
