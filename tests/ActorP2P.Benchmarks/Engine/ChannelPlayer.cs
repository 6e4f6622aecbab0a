using System.Threading.Channels;

namespace ActorP2P.Benchmarks;

/// <summary>One of a pair that throws a ball back, as a loop over a channel.</summary>
internal sealed class ChannelPlayer
{
    private readonly Channel<(Ball Ball, ChannelPlayer From)> _mailbox =
        Channel.CreateUnbounded<(Ball, ChannelPlayer)>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelPlayer(Counter ended) => _ = Task.Run(() => RunAsync(ended));

    public void Tell(Ball ball, ChannelPlayer from) => _mailbox.Writer.TryWrite((ball, from));

    public void Stop() => _mailbox.Writer.Complete();

    private async Task RunAsync(Counter ended)
    {
        while (await _mailbox.Reader.WaitToReadAsync())
        {
            while (_mailbox.Reader.TryRead(out (Ball Ball, ChannelPlayer From) thrown))
            {
                if (--thrown.Ball.Left == 0)
                {
                    ended.Add(1);
                }
                else
                {
                    thrown.From.Tell(thrown.Ball, this);
                }
            }
        }
    }
}
