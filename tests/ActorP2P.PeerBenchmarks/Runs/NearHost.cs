using System.Globalization;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// The near process of one system. It reads orders line by line from standard input, answers each with one line, and
/// ends when its input ends, together with the far process, which it has started.
/// </summary>
internal sealed class NearHost(PeerSystem system, Func<string, Task<string>> far)
{
    private PeerMeasure? _measure;
    private Near? _near;

    /// <summary>Carries out one order. A failure is an answer that begins with the word failed.</summary>
    public async Task<string> ObeyAsync(string order)
    {
        try
        {
            switch (order.Split(' '))
            {
                case ["prepare", string name]:
                    _measure = PeerMeasures.Create(name);
                    _near = new Near(system, far);
                    await _measure.PrepareAsync(_near);
                    return "ok";
                case ["warm"]:
                    await _measure!.WarmUpAsync(_near!);
                    return "ok";
                case ["sample"]:
                    double[] sample = await _measure!.SampleAsync(_near!);
                    return string.Join(
                        ' ', sample.Select(static value => value.ToString("R", CultureInfo.InvariantCulture)));
                case ["release"]:
                    await _near!.DisposeAsync();
                    return "ok";
                default:
                    return $"unknown order: {order}";
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It is one system's failure, and the run goes on with the others.
            return $"failed with {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
        }
    }
}
