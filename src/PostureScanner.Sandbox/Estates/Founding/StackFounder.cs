using System.Collections.Immutable;

namespace PostureScanner.Sandbox.Founding;

/// <summary>Puts stacks into an estate, and CloudFormation's tags on what they own.</summary>
internal static class StackFounder
{
    private const string TagPrefix = "aws:cloudformation:";

    public static World Add(Estate estate, StackSpec spec)
    {
        var (account, region) = (estate.AccountOr(spec.Account), estate.RegionOr(spec.Region));
        if (Live(estate.World, account, region).Any(stack => stack.Name == spec.Name))
            throw new EstateException($"The estate already has a stack {spec.Name} in {region}.");
        var id = $"arn:aws:cloudformation:{region}:{account}:stack/{spec.Name}/{estate.NewId($"{account}/{region}/stack/{spec.Name}")}";
        return Put(estate, new Stack { Account = account, Region = region, Name = spec.Name, Id = id, Created = estate.Now }, spec);
    }

    public static World Change(Estate estate, StackSpec spec) => Put(
        estate,
        estate.World.Stacks.All.Where(stack => stack.Deleted is null).TheOnly("stack", spec.Name, spec.Region, spec.Account, stack => new Place(stack.Account, stack.Region, stack.Name)),
        spec);

    private static World Put(Estate estate, Stack stack, StackSpec spec)
    {
        stack = Alter(estate, stack, spec);
        if (spec.Resources is not null)
        {
            stack = stack with
            {
                Resources = spec.Resources.ToImmutableSortedDictionary(each => each.Key, each => Resource(estate, stack, each.Key, each.Value), StringComparer.Ordinal),
            };
        }

        return stack.Resources.Values.Aggregate(estate.World.Put(stack), (world, resource) => Tagged(world, stack, resource));
    }

    private static Stack Alter(Estate estate, Stack stack, StackSpec spec)
    {
        var parent = spec.Parent is null ? null : Live(estate.World, stack.Account, stack.Region).FirstOrDefault(each => each.Name == spec.Parent)
            ?? throw new EstateException($"The estate has no stack {spec.Parent} in {stack.Region}.");
        return stack with
        {
            Created = spec.Created is { } created ? estate.Now - created : stack.Created,
            Updated = spec.Updated is { } updated ? estate.Now - updated : stack.Updated,
            Deleted = spec.Deleted is { } deleted ? estate.Now - deleted : stack.Deleted,
            Status = spec.Status ?? (spec.Deleted is not null ? "DELETE_COMPLETE" : spec.Updated is not null ? "UPDATE_COMPLETE" : stack.Status),
            Template = spec.Template ?? stack.Template,
            Processed = spec.Processed ?? (spec.Template is null ? stack.Processed : null),
            ParentId = parent?.Id ?? stack.ParentId,
            RootId = parent is null ? stack.RootId : parent.RootId ?? parent.Id,
            TerminationProtection = spec.TerminationProtection ?? stack.TerminationProtection,
        };
    }

    private static StackResource Resource(Estate estate, Stack stack, string logicalId, StackResourceSpec spec)
    {
        var (world, id) = (estate.World, spec.PhysicalId);
        var found = spec.Type switch
        {
            StackResourceSpec.TableType or StackResourceSpec.GlobalTableType => world.Tables.Find(stack.Account, stack.Region, id)?.Name,
            StackResourceSpec.BucketType => world.Buckets.GetValueOrDefault(id) is { } bucket && (bucket.Account, bucket.Region) == (stack.Account, stack.Region) ? id : null,
            StackResourceSpec.KeyType => KeyOf(world, stack, id)?.Id,
            _ => id,
        };
        // A deleted stack may have owned what is gone with it.
        return new StackResource(logicalId, found ?? (stack.Deleted is null ? throw new EstateException($"The estate has no {spec.Type} {id} in {stack.Region} for the stack {stack.Name}.") : id), spec.Type, spec.Status ?? stack.Status);
    }

    private static World Tagged(World world, Stack stack, StackResource resource) => resource.Type switch
    {
        StackResourceSpec.TableType or StackResourceSpec.GlobalTableType when world.Tables.Find(stack.Account, stack.Region, resource.PhysicalId) is { } table =>
            world.Put(table with { Tags = Tags(table.Tags, stack, resource) }),
        StackResourceSpec.BucketType when world.Buckets.GetValueOrDefault(resource.PhysicalId) is { } bucket => world.Put(bucket with { Tags = Tags(bucket.Tags, stack, resource) }),
        StackResourceSpec.KeyType when world.Keys.Find(stack.Account, stack.Region, resource.PhysicalId) is { } key => world.Put(key with { Tags = Tags(key.Tags, stack, resource) }),
        _ => world,
    };

    private static ImmutableSortedDictionary<string, string> Tags(ImmutableSortedDictionary<string, string> tags, Stack stack, StackResource resource) => tags
        .SetItem($"{TagPrefix}stack-id", stack.Id)
        .SetItem($"{TagPrefix}stack-name", stack.Name)
        .SetItem($"{TagPrefix}logical-id", resource.LogicalId);

    private static Key? KeyOf(World world, Stack stack, string name) =>
        Keyring.Find(world, stack.Account, stack.Region, name) ?? Keyring.Find(world, stack.Account, stack.Region, $"alias/{name}");

    private static IEnumerable<Stack> Live(World world, string account, string region) => world.Stacks.In(account, region).Values.Where(stack => stack.Deleted is null);
}
