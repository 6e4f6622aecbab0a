using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ActorP2P.Tests;

/// <summary>A listener of meters, as an exporter is one.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly ConcurrentQueue<Measured> _all = new();
    private readonly ConcurrentDictionary<Instrument, byte> _instruments = new();
    private readonly MeterListener _listener = new();

    /// <param name="wants">Which instruments to listen to; null: all of the nodes'.</param>
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

    /// <summary>What was recorded for a node and an instrument so far.</summary>
    public IReadOnlyList<Measured> Of(string node, string instrument) =>
        [.. _all.Where(measured => measured.Node == node && measured.Instrument == instrument)];

    /// <summary>Asks all instruments, and gives what they say of a node.</summary>
    public IReadOnlyList<Measured> Observe(string node)
    {
        _all.Clear();
        _listener.RecordObservableInstruments();
        return [.. _all.Where(measured => measured.Node == node)];
    }

    public void Dispose() => _listener.Dispose();
}
