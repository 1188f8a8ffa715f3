using PostureScanner.Core.Inventory;

namespace PostureScanner.Core.Policies;

/// <summary>Anchored, ordinal patterns: <c>*</c> is any run of characters, <c>?</c> one, everything else itself.</summary>
internal static class Glob
{
    /// <summary>A pattern with ':' or '/' is one over ARNs. Any other is over names alone: every ARN begins alike, and a few letters between stars would match all of them.</summary>
    public static bool Matches(string pattern, Resource resource) =>
        Matches(pattern, pattern.AsSpan().IndexOfAny(':', '/') < 0 ? resource.Name : resource.Arn);

    // Linear in practice and never exponential: on a mismatch only the last star is widened.
    public static bool Matches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
