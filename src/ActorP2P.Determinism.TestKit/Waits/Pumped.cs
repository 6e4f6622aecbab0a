using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// The result of an asynchronous wait. The world runs when the result is needed, at the await. The await never yields,
/// and the code of the test between the call and the await runs first.
/// </summary>
internal sealed class Pumped<T> : IValueTaskSource<T>, IValueTaskSource
{
    private readonly Func<T> _pump;
    private T? _result;
    private ExceptionDispatchInfo? _failure;
    private bool _done;

    private Pumped(Func<T> pump) => _pump = pump;

    /// <summary>Makes a wait with a result.</summary>
    public static ValueTask<T> Lazily(Func<T> pump) => new(new Pumped<T>(pump), 0);

    /// <summary>Makes a wait without a result.</summary>
    public static ValueTask Lazily(Action pump) => new(
        new Pumped<T>(() =>
        {
            pump();
            return default!;
        }),
        0);

    /// <summary>Makes a wait for several messages. The world runs at the first step of the enumeration.</summary>
    public static async IAsyncEnumerable<T> Stream(Func<IEnumerable<T>> pump)
    {
        foreach (T one in await Lazily<IEnumerable<T>>(pump))
        {
            yield return one;
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        Pump();
        return _failure is null ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Faulted;
    }

    /// <inheritdoc/>
    public T GetResult(short token)
    {
        Pump();
        _failure?.Throw();
        return _result!;
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <inheritdoc/>
    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        continuation(state);

    private static ValueTask<TOther> Lazily<TOther>(Func<TOther> pump) => Pumped<TOther>.Lazily(pump);

    private void Pump()
    {
        if (_done)
        {
            return;
        }
        _done = true;
        try
        {
            _result = _pump();
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
