using System.Collections.Immutable;
using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Doctor;

/// <summary>Whether an operation is allowed in an account.</summary>
public enum Permitted
{
    Works,

    Missing,

    /// <summary>AWS did not say: no bucket to ask about, no answer, an error that is about something else.</summary>
    Unclear,
}

/// <summary>What was found out about an account.</summary>
/// <param name="Account">"unknown" where nobody got into it.</param>
/// <param name="Regions">Those that were asked; empty where nobody got into it.</param>
public sealed record Examined(string Account, ImmutableArray<string> Regions, ImmutableArray<Diagnosis> Diagnoses);

/// <summary>One operation in one account.</summary>
/// <param name="Answers">More than one where regions differ.</param>
/// <param name="Policies">The policies that would be unknown without it, by id.</param>
public sealed record Diagnosis(Call Call, ImmutableArray<Answer> Answers, ImmutableArray<string> Policies)
{
    /// <summary>Whether it was so found anywhere.</summary>
    public bool Is(Permitted permitted) => Answers.Any(a => a.Permitted == permitted);
}

/// <param name="Why">AWS's words, of one region, where it is not simply allowed.</param>
/// <param name="Regions">Those it is about; empty for all that were asked.</param>
public sealed record Answer(Permitted Permitted, string? Why, ImmutableArray<string> Regions);
