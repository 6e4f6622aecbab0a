using System.Threading.Channels;

namespace ActorP2P.Benchmarks;

/// <summary>The baseline of the engine: an actor of ten lines, a loop over a channel.</summary>
internal sealed class ChannelActor
{
    private readonly Channel<object> _mailbox = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });

    public ChannelActor(Counter counter) => _ = Task.Run(() => RunAsync(counter));

    public void Tell(object message) => _mailbox.Writer.TryWrite(message);

    public Task<object> AskAsync()
    {
        TaskCompletionSource<object> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Tell(promise);
        return promise.Task;
    }

    public void Stop() => _mailbox.Writer.Complete();

    private async Task RunAsync(Counter counter)
    {
        while (await _mailbox.Reader.WaitToReadAsync())
        {
            while (_mailbox.Reader.TryRead(out object? message))
            {
                if (message is TaskCompletionSource<object> promise)
                {
                    promise.SetResult(message);
                }
                else
                {
                    counter.Add(1);
                }
            }
        }
    }
}
