using System.Collections.Immutable;
using System.Text;

namespace PostureScanner.Sandbox.Wire;

internal sealed record Answer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public static Answer Of(int status, string contentType, string body) => new(status, contentType, Encoding.UTF8.GetBytes(body));

    public Answer With(string header, string value) => this with { Headers = Headers.SetItem(header, value) };
}
