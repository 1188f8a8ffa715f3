namespace PostureScanner.Sandbox;

/// <summary>An estate or drift that cannot be: every problem of a file on a line of its own, as <c>file:line:col: message</c>.</summary>
public sealed class EstateException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public EstateException(string problem)
        : this([problem])
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}
