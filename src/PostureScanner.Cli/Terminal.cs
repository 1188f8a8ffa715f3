namespace PostureScanner.Cli;

/// <summary>Everything of the process that the command line touches, so that a test can be its terminal.</summary>
/// <param name="Out">Reports, and nothing else.</param>
/// <param name="Error">Progress, logs and problems.</param>
/// <param name="ErrorIsTerminal">Somebody watches: a progress bar may be drawn.</param>
/// <param name="Folder">What relative paths are relative to.</param>
/// <param name="Endpoint">Where AWS is to be found; null for the SDK's own settings.</param>
internal sealed record Terminal(
    TextWriter Out, TextWriter Error, bool OutColour, bool ErrorIsTerminal, string Folder, TimeProvider Clock, Uri? Endpoint = null)
{
    public static Terminal OfProcess()
    {
        // Windows consoles aside, text is UTF-8; and a report is written in large pieces, not line by line.
        var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024);
        var colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(
            output,
            Console.Error,
            OutColour: colour && !Console.IsOutputRedirected,
            ErrorIsTerminal: !Console.IsErrorRedirected,
            Directory.GetCurrentDirectory(),
            TimeProvider.System);
    }
}
