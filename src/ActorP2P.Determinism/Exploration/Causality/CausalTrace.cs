using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace ActorP2P.Determinism;

/// <summary>Keeps what followed from what in a run.</summary>
internal sealed class CausalTrace(RunSetup setup)
{
    private const int MaxText = 400;
    private const string Unstashed = "unstashed ";

    private int _sent;
    private int _handled;

    /// <summary>All events that a reader sees, in the order of sending.</summary>
    public List<CausalEvent> Events { get; } = [];

    /// <summary>How many events have been sent.</summary>
    public int Sent => _sent;

    /// <summary>How many events have been handled.</summary>
    public int HandledCount => _handled;

    /// <summary>Adds an event that was caused now.</summary>
    public CausalEvent Add(
        CausalSort sort, in Ambient now, Lane from, Lane to, object? message, object? sender, TimeSpan at)
    {
        CausalEvent added = new()
        {
            Number = ++_sent,
            Sort = sort,
            From = from,
            To = to,
            Message = message,
            Sender = sender,
            SentAt = at,
            Cause = now.Cause,
            Text = setup.IsShown && message is not null ? TextOf(message) : null,
        };
        if (added.IsVisible)
        {
            Events.Add(added);
        }
        return added;
    }

    /// <summary>Adds an event for a message that its actor had put aside and takes again.</summary>
    public CausalEvent Again(CausalEvent taken, in Ambient now, TimeSpan at)
    {
        CausalEvent again = Add(taken.Sort, now, taken.To, taken.To, taken.Message, taken.Sender, at);
        again.Text = taken.Text is { } text && !text.StartsWith(Unstashed, StringComparison.Ordinal)
            ? Unstashed + text
            : taken.Text;
        return again;
    }

    /// <summary>An event is handled in no order with what its lane does.</summary>
    public void Handled(CausalEvent handled, TimeSpan at)
    {
        handled.HandledAt = at;
        handled.HandledAs = ++_handled;
    }

    /// <summary>A lane handles an event, after all that it did before.</summary>
    public void Handle(Lane lane, CausalEvent handled, TimeSpan at)
    {
        handled.Before = lane.Last;
        Handled(handled, at);
        lane.Last = handled;
    }

    /// <summary>What a lane does next follows from another event too.</summary>
    public void Join(Lane lane, CausalEvent? other, TimeSpan at)
    {
        if (other is null || ReferenceEquals(other, lane.Last))
        {
            return;
        }
        if (lane.Last is not { } last)
        {
            lane.Last = other;
            return;
        }
        CausalEvent join = new()
        {
            Number = ++_sent,
            Sort = CausalSort.Join,
            From = lane,
            To = lane,
            SentAt = at,
            Cause = other,
        };
        join.Before = last;
        lane.Last = join;
    }

    /// <summary>What a reader must know of a message of supervision; null when it is Akka's own affair.</summary>
    public static CausalSort SortOf(SystemMessage message, bool isToItself) => message switch
    {
        Failed or Recreate => CausalSort.Supervision,
        Terminate when !isToItself => CausalSort.Supervision,
        _ => CausalSort.Internal,
    };

    private string TextOf(object message)
    {
        string text = message switch
        {
            Failed failed => $"failed: {failed.Cause.GetType().Name}",
            Recreate => "restart",
            Terminate => "stop",
            Terminated terminated => $"Terminated {terminated.ActorRef.Path.Name}",
            PoisonPill => "PoisonPill",
            _ => setup.Text?.Invoke(Inner(message)) ?? Plain(Inner(message)),
        };
        text = MessageText.Short(text);
        return text.Length <= MaxText ? text : string.Concat(text.AsSpan(0, MaxText - 3), "...");
    }

    // Akka wraps the messages of its timers.
    private static object Inner(object message) => message.GetType() is { Namespace: "Akka.Actor.Scheduler" } type
        ? type.GetProperty("Message")?.GetValue(message) ?? message
        : message;

    private static string Plain(object message)
    {
        Type type = message.GetType();
        if (message is string text)
        {
            return $"\"{text}\"";
        }
        if (type.IsPrimitive || type.IsEnum)
        {
            return $"{message}";
        }
        string? own = message.ToString();
        return own is null || own == type.ToString() ? type.Name : own;
    }
}
