using System.Threading.Channels;

namespace ActorP2P.Benchmarks;

/// <summary>The baseline of the engine: an actor of ten lines, a loop over a channel.</summary>
internal sealed class ChannelActor
{
    private readonly Channel<object> _mailbox = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _loop;

    public ChannelActor(Counter counter) => _loop = Task.Run(() => RunAsync(counter));

    public void Tell(object message) => _mailbox.Writer.TryWrite(message);

    public Task<object> AskAsync()
    {
        TaskCompletionSource<object> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Tell(promise);
        return promise.Task;
    }

    public void Stop() => _mailbox.Writer.Complete();

    /// <summary>Stops it; the task ends when its loop has.</summary>
    public Task StopAsync()
    {
        Stop();
        return _loop;
    }

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
