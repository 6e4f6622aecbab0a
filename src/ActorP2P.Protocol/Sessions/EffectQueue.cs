using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>
/// What a session has for its shell, in order. Nearly always there is one effect at a time, carried out before the next
/// frame is looked at. That one has a field of its own; the queue for more is made when it is needed.
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
            // This is the most frequent answer, after every frame, so the argument is not cleared.
            Unsafe.SkipInit(out effect);
            return false;
        }

        effect = _first;
        _hasFirst = _others is not null && _others.TryDequeue(out _first);
        if (!_hasFirst)
        {
            // What was handed over must not be held here.
            _first = default;
            _others = null;
        }

        return true;
    }

    /// <summary>Takes the place of the first effect, if it is free.</summary>
    private bool TryTakePlace()
    {
        if (_hasFirst)
        {
            return false;
        }

        Debug.Assert(_others is null or { Count: 0 }, "The others move up when the first is taken.");
        return _hasFirst = true;
    }
}
