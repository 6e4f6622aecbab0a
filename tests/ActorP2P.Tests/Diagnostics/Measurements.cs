using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ActorP2P.Tests;

/// <summary>A meter listener, as an exporter uses one.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly ConcurrentQueue<Measured> _all = new();
    private readonly ConcurrentDictionary<Instrument, byte> _instruments = new();
    private readonly MeterListener _listener = new();

    /// <param name="wants">Chooses the instruments to listen to; null chooses all of the nodes' instruments.</param>
    public Measurements(Predicate<Instrument>? wants = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "ActorP2P" && wants?.Invoke(instrument) != false)
            {
                _instruments[instrument] = 0;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out byte _);
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => _all.Enqueue(Measured.Of(instrument, value, tags)));
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => _all.Enqueue(Measured.Of(instrument, value, tags)));
        _listener.Start();
    }

    public IEnumerable<string> Instruments => _instruments.Keys.Select(static instrument => instrument.Name);

    /// <summary>The values recorded for a node and an instrument so far.</summary>
    public IReadOnlyList<Measured> Of(string node, string instrument) =>
        [.. _all.Where(measured => measured.Node == node && measured.Instrument == instrument)];

    /// <summary>Observes all instruments and returns the values of a node.</summary>
    public IReadOnlyList<Measured> Observe(string node)
    {
        _all.Clear();
        _listener.RecordObservableInstruments();
        return [.. _all.Where(measured => measured.Node == node)];
    }

    public void Dispose() => _listener.Dispose();
}
