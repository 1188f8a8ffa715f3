namespace PostureScanner.Core.Policies;

/// <summary>Something wrong in a policy or waiver file: where, what, and what to do about it.</summary>
/// <param name="Line">From 1; 0 where the problem is the file itself.</param>
/// <param name="Column">From 1; 0 where the problem is the file itself.</param>
public sealed record Problem(string File, int Line, int Column, string Message) : IComparable<Problem>
{
    /// <summary>On one line, whatever it quotes from the file.</summary>
    public string Message { get; } = Message.ReplaceLineEndings(" ");

    public int CompareTo(Problem? other)
    {
        if (other is null)
            return 1;
        var byFile = string.CompareOrdinal(File, other.File);
        if (byFile != 0)
            return byFile;
        var byPlace = (Line, Column).CompareTo((other.Line, other.Column));
        return byPlace != 0 ? byPlace : string.CompareOrdinal(Message, other.Message);
    }

    /// <summary><c>file:line:col: message</c>, which editors and terminals turn into a link.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : string.Create(null, $"{File}:{Line}:{Column}: {Message}");

    public static bool operator <(Problem left, Problem right) => left.CompareTo(right) < 0;

    public static bool operator <=(Problem left, Problem right) => left.CompareTo(right) <= 0;

    public static bool operator >(Problem left, Problem right) => left.CompareTo(right) > 0;

    public static bool operator >=(Problem left, Problem right) => left.CompareTo(right) >= 0;
}
