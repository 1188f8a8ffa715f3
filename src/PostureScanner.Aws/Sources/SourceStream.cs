using System.Threading.Channels;
using PostureScanner.Core.Scanning;

namespace PostureScanner.Aws.Sources;

/// <summary>Lets several readers write to one stream of items.</summary>
internal static class SourceStream
{
    public static IAsyncEnumerable<SourceItem> Of(Func<ChannelWriter<SourceItem>, Task> write)
    {
        // Bounded, so that a slow consumer slows the reading down instead of filling the memory.
        var channel = Channel.CreateBounded<SourceItem>(new BoundedChannelOptions(64) { SingleReader = true });
        _ = Task.Run(() => write(channel.Writer))
            .ContinueWith(task => channel.Writer.TryComplete(task.Exception?.InnerException), TaskScheduler.Default);
        return channel.Reader.ReadAllAsync(CancellationToken.None);
    }
}
