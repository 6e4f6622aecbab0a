namespace ActorP2P.Benchmarks;

/// <summary>A listener whose disposal never completes.</summary>
internal sealed class PlantedListener(IDisposable inner) : IDisposable
{
    public void Dispose()
    {
        inner.Dispose();
        using ManualResetEventSlim never = new();
        never.Wait();
    }
}
