namespace PostureScanner.Core.Facts;

/// <summary>What a fact's value is. Policy values are typed by the fact they are compared with, not by YAML.</summary>
public enum FactType
{
    Flag,
    Number,
    Text,
    List,
    Duration,
    Instant,
}
