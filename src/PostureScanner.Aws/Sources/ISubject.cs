using PostureScanner.Aws.Sources.Keys;
using PostureScanner.Aws.Sources.Stacks;
using PostureScanner.Core.Inventory;

namespace PostureScanner.Aws.Sources;

/// <summary>What is asked about: a resource, and the means to ask. An interface, because one reader serves every kind.</summary>
internal interface ISubject
{
    Resource Resource { get; }

    /// <summary>The keys behind the data of its account.</summary>
    KeyBook Keys { get; }

    /// <summary>The stacks of its account.</summary>
    StackBook Stacks { get; }
}
