using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Sources;

/// <summary>What is asked about: a resource, and the means to ask. An interface, because one reader serves every kind.</summary>
internal interface ISubject
{
    Resource Resource { get; }
}
