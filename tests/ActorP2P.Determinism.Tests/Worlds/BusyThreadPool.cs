namespace ActorP2P.Determinism.Tests;

/// <summary>Keeps the thread pool busy until disposal.</summary>
public sealed class BusyThreadPool : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _noise;

    public BusyThreadPool() => _noise = Task.Run(async () =>
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Yield();
        }
    });

    public void Dispose()
    {
        _stop.Cancel();
        _noise.Wait();
        _stop.Dispose();
    }
}
