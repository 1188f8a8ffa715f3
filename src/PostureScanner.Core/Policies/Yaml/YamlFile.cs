using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PostureScanner.Core.Policies.Yaml;

/// <summary>One YAML document as a tree with positions. Anchors are refused, so no few lines of it can grow into gigabytes.</summary>
internal static class YamlFile
{
    /// <summary>Bytes. The largest shipped policy is a fiftieth of it.</summary>
    public const int MaxSize = 256 * 1024;

    private const int MaxDepth = 32;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file's text, which in UTF-8 is the file's bytes again, a byte order mark included; null, with a problem, where it cannot be read.</summary>
    public static string? ReadText(string path, string shown, ICollection<Problem> problems)
    {
        try
        {
            using var stream = File.OpenRead(path);
            // Not the length, which pipes do not have: one byte more than may be is read, and no more than that.
            var buffer = new byte[MaxSize + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            // A NUL among the first characters is UTF-16 or UTF-32, as valid UTF-8 as it may be.
            if (buffer.AsSpan(0, Math.Min(length, 4)).Contains((byte)0) && length <= MaxSize)
                problems.Add(NotUtf8(shown, "it begins as UTF-16 or UTF-32 does"));
            else if (length <= MaxSize)
                return Strict.GetString(buffer, 0, length);
            else
                problems.Add(new Problem(shown, 0, 0, string.Create(null, $"the file has more than {MaxSize} bytes, which is the most a policy file may have; split it, or take it out of the policy folder")));
        }
        catch (DecoderFallbackException exception)
        {
            problems.Add(NotUtf8(shown, string.Create(null, $"byte {exception.Index + 1} is part of no character")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(shown, 0, 0, $"the file cannot be read: {exception.Message}"));
        }

        return null;
    }

    /// <summary>The root of the only document; null, with a problem, where there is none.</summary>
    public static YamlNode? Parse(string text, string shown, ICollection<Problem> problems)
    {
        if (text.StartsWith('\uFEFF'))
            text = text[1..];
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                problems.Add(new Problem(shown, 1, 1, "the file is empty"));
                return null;
            }

            parser.Consume<DocumentStart>();
            var root = ReadNode(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<StreamEnd>(out _))
                return root;
            problems.Add(new Problem(shown, (int)parser.Current!.Start.Line, (int)parser.Current.Start.Column, "a second document begins here; put it into a file of its own"));
        }
        catch (YamlException exception) when (Tab(text, exception, parser.Current) is { } tab)
        {
            problems.Add(new Problem(shown, tab.Line, tab.Column, "not valid YAML: a tab indents this line; indent it with spaces"));
        }
        catch (YamlException exception)
        {
            problems.Add(new Problem(shown, (int)exception.Start.Line, (int)exception.Start.Column, $"not valid YAML: {Sentence(exception)}"));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet 16 gives up so, and without a place: the one where a key follows an unclosed bracket, the other on a malformed tag or escape.
            var at = parser.Current?.Start ?? Mark.Empty;
            var reason = exception is InvalidOperationException ? "a '[' or '{' is opened here or before and never closed" : "a tag (!), a directive (%) or an escape (\\) is malformed here or behind";
            problems.Add(new Problem(shown, (int)at.Line, (int)at.Column, $"not valid YAML: {reason}"));
        }

        return null;
    }

    private static Problem NotUtf8(string shown, string why) => new(shown, 1, 1, $"not UTF-8: {why}; save the file as UTF-8");

    private static YamlNode ReadNode(Parser parser, int depth)
    {
        if (depth > MaxDepth)
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested more than {MaxDepth} levels deep");

        switch (parser.Current)
        {
            case AnchorAlias alias:
                throw new YamlException(alias.Start, alias.End, "aliases (*) are not part of the policy language; write the value out");
            case NodeEvent { Anchor.IsEmpty: false } anchored:
                throw new YamlException(anchored.Start, anchored.End, "anchors (&) are not part of the policy language; write the value out where it is used");
            case NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } } tagged:
                throw new YamlException(tagged.Start, tagged.End, $"the tag {tagged.Tag} is not part of the policy language; values are typed by the fact");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
            return new YamlScalar((int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, scalar.Style == ScalarStyle.Plain);

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = ImmutableArray.CreateBuilder<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(ReadNode(parser, depth + 1));
            return new YamlSequence((int)sequence.Start.Line, (int)sequence.Start.Column, items.ToImmutable());
        }

        var mapping = parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<(YamlScalar, YamlNode)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, depth + 1) as YamlScalar
                ?? throw new YamlException(mapping.Start, mapping.End, "a key here is not a plain word");
            entries.Add((key, ReadNode(parser, depth + 1)));
        }

        return new YamlMapping((int)mapping.Start.Line, (int)mapping.Start.Column, entries.ToImmutable());
    }

    /// <summary>The tab that an exception is about, which itself names the start of the file or of the value before.</summary>
    private static (int Line, int Column)? Tab(string text, YamlException exception, ParsingEvent? last)
    {
        if (!exception.Message.Contains(" tab ", StringComparison.Ordinal))
            return null;
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = (int)Math.Max(exception.Start.Line, last?.Start.Line ?? 1) - 1; i < lines.Length; i++)
        {
            var indented = lines[i].TrimStart(' ');
            if (indented.StartsWith('\t'))
                return (i + 1, lines[i].Length - indented.Length + 1);
        }

        return null;
    }

    // YamlDotNet's outermost message may be "While parsing a node, ..." with the reason inside it.
    private static string Sentence(YamlException exception) => (exception.InnerException?.Message ?? exception.Message).ReplaceLineEndings(" ");
}
