using System.Diagnostics.Metrics;

namespace ActorP2P.Tests;

/// <summary>A meter factory that counts its meters and disposes them.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public int Made => _meters.Count;

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        Meter meter = new(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(static meter => meter.Dispose());
}
