using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>
/// The effects that a session has for its shell, in order. Nearly always there is a single effect, which is carried out
/// before the next frame is read. That one has a field of its own; the queue for further ones is created when needed.
/// </summary>
internal sealed class EffectQueue
{
    private SessionEffect _first;
    private Queue<SessionEffect>? _others;
    private bool _hasFirst;

    public void Add(SessionEvent happened)
    {
        if (TryTakePlace())
        {
            _first = new SessionEffect(happened);
        }
        else
        {
            (_others ??= new Queue<SessionEffect>()).Enqueue(new SessionEffect(happened));
        }
    }

    public void Add(in InboundMessage message)
    {
        if (TryTakePlace())
        {
            _first = new SessionEffect(message);
        }
        else
        {
            (_others ??= new Queue<SessionEffect>()).Enqueue(new SessionEffect(message));
        }
    }

    public bool TryGet(out SessionEffect effect)
    {
        if (!_hasFirst)
        {
            // Most calls end here, one after every frame, so the argument is not cleared.
            Unsafe.SkipInit(out effect);
            return false;
        }

        effect = _first;
        _hasFirst = _others is not null && _others.TryDequeue(out _first);
        if (!_hasFirst)
        {
            // The queue must not keep a reference to an effect that it handed over.
            _first = default;
            _others = null;
        }

        return true;
    }

    /// <summary>Takes the place of the first effect if it is free.</summary>
    private bool TryTakePlace()
    {
        if (_hasFirst)
        {
            return false;
        }

        Debug.Assert(_others is null or { Count: 0 }, "The next effect takes the first place when it is free.");
        return _hasFirst = true;
    }
}
