namespace PostureScanner.Core.Inventory;

/// <summary>One account and region that is scanned. Ordered by account, then region.</summary>
public readonly record struct Target(string Account, string Region) : IComparable<Target>
{
    /// <summary>Where a resource stands whose region could not be read; a region of its own, so that it is never counted to another.</summary>
    public const string UnknownRegion = "unknown";

    /// <summary>Where nobody could be asked which account it is.</summary>
    public const string UnknownAccount = "unknown";

    /// <summary>Where nobody could be asked which regions there are.</summary>
    public const string AllRegions = "all";

    /// <summary>Whether what is said of this target is said of the other: it is the same, or this one stands for it because it could not be asked more closely.</summary>
    public bool Covers(Target other) => (Account == other.Account || Account == UnknownAccount) && (Region == other.Region || Region == AllRegions);

    public int CompareTo(Target other)
    {
        var byAccount = string.CompareOrdinal(Account, other.Account);
        return byAccount != 0 ? byAccount : string.CompareOrdinal(Region, other.Region);
    }

    public override string ToString() => $"{Account}/{Region}";

    public static bool operator <(Target left, Target right) => left.CompareTo(right) < 0;

    public static bool operator <=(Target left, Target right) => left.CompareTo(right) <= 0;

    public static bool operator >(Target left, Target right) => left.CompareTo(right) > 0;

    public static bool operator >=(Target left, Target right) => left.CompareTo(right) >= 0;
}
