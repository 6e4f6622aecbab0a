using System.Threading.Channels;

namespace ActorP2P.Benchmarks;

/// <summary>An actor that starts and ends and counts both, as a loop over a channel.</summary>
internal sealed class ChannelMayfly
{
    private readonly Channel<object> _mailbox = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelMayfly(Counter started, Counter ended) => _ = Task.Run(() => RunAsync(started, ended));

    public void Stop() => _mailbox.Writer.Complete();

    private async Task RunAsync(Counter started, Counter ended)
    {
        started.Add(1);
        while (await _mailbox.Reader.WaitToReadAsync())
        {
            while (_mailbox.Reader.TryRead(out _))
            {
                // Nobody sends anything.
            }
        }

        ended.Add(1);
    }
}
