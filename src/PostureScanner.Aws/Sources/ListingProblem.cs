using PostureScanner.Core.Facts;

namespace PostureScanner.Aws.Sources;

/// <summary>Why a listing is not complete, in one wording for every kind.</summary>
internal static class ListingProblem
{
    public static string Of(NotRead notRead) => $"{notRead.Operation}: {notRead.Code}: {notRead.Reason}";
}
