using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism;

/// <summary>
/// The private members of the runtime's timers that <see cref="RealTimers"/> needs. It has either all of them or none.
/// </summary>
internal sealed class TimerQueueAccess
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>A period that no timer has: the greatest possible period is smaller by one.</summary>
    private const uint Taken = uint.MaxValue - 1;

    private readonly List<string> _missing = [];
    private readonly FieldInfo[] _heads;
    private readonly FieldInfo _next;
    private readonly FieldInfo _canceled;
    private readonly FieldInfo _due;
    private readonly FieldInfo _period;
    private readonly MethodInfo _change;
    private readonly MethodInfo _call;
    private readonly object?[] _callArguments;
    private readonly object[] _queues;
    private readonly Lock[] _locks;

    private TimerQueueAccess()
    {
        Type? queue = Named("System.Threading.TimerQueue");
        Type? timer = Named("System.Threading.TimerQueueTimer");
        _heads = [Field(queue, "_shortTimers"), Field(queue, "_longTimers")];
        _next = Field(timer, "_next");
        _canceled = Field(timer, "_canceled");
        _due = Field(timer, "_dueTime");
        _period = Field(timer, "_period");
        _change = Method(timer, "Change", static parameters => parameters is [{ ParameterType: { } due }, _]
            && due == typeof(uint));
        _call = Method(timer, "CallCallback", static parameters => parameters.Length <= 1);
        _callArguments = _missing.Count == 0 && _call.GetParameters().Length == 1 ? [false] : [];
        PropertyInfo? shared = queue?.GetProperty("SharedLock", Any);
        PropertyInfo? instances = queue?.GetProperty("Instances", Any);
        if (shared?.PropertyType != typeof(Lock) || instances is null)
        {
            _missing.Add("System.Threading.TimerQueue.Instances and SharedLock");
        }
        _queues = _missing.Count == 0 ? [.. ((Array)instances!.GetValue(null)!).Cast<object>()] : [];
        _locks = [.. _queues.Select(one => (Lock)shared!.GetValue(one)!)];
    }

    /// <summary>The members of this runtime.</summary>
    public static TimerQueueAccess Instance { get; } = new();

    /// <summary>The names of the members that this runtime lacks; empty when the redirect works.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The locks of the queues, one for each.</summary>
    public IReadOnlyList<Lock> Locks => _locks;

    /// <summary>Finds a timer in the queues by the values that the runtime reported.</summary>
    /// <param name="identity">Its identity hash.</param>
    /// <param name="due">Its due time in milliseconds.</param>
    /// <param name="isLocked">
    /// Whether to look only in the queues whose lock this thread has. If not, it must have none, since others are waited for.
    /// </param>
    public object? Find(long identity, uint due, bool isLocked)
    {
        for (int i = 0; i < _queues.Length; i++)
        {
            if (isLocked && !_locks[i].IsHeldByCurrentThread)
            {
                continue;
            }

            lock (_locks[i])
            {
                if (FindIn(_queues[i], identity, due) is { } timer)
                {
                    return timer;
                }
            }
        }

        return null;
    }

    /// <summary>The period in milliseconds; 0 or the greatest number for a timer that fires once.</summary>
    public uint PeriodOf(object timer) => (uint)_period.GetValue(timer)!;

    /// <summary>Whether the timer was disposed.</summary>
    public bool IsCanceled(object timer) => (bool)_canceled.GetValue(timer)!;

    /// <summary>Removes a timer from the queue and marks it as taken. It can be set again.</summary>
    public void Stop(object timer)
    {
        _change.Invoke(timer, [uint.MaxValue, uint.MaxValue]);
        _period.SetValue(timer, Taken);
    }

    /// <summary>Whether its owner has left it unchanged since it was taken.</summary>
    public bool IsTaken(object timer) => (uint)_period.GetValue(timer)! == Taken;

    /// <summary>Fires the timer.</summary>
    public void Fire(object timer) => _call.Invoke(timer, BindingFlags.DoNotWrapExceptions, null, _callArguments, null);

    private object? FindIn(object queue, long identity, uint due)
    {
        foreach (FieldInfo head in _heads)
        {
            for (object? timer = head.GetValue(queue); timer is not null; timer = _next.GetValue(timer))
            {
                if (RuntimeHelpers.GetHashCode(timer) == identity && (uint)_due.GetValue(timer)! == due)
                {
                    return timer;
                }
            }
        }

        return null;
    }

    private Type? Named(string name)
    {
        Type? type = typeof(Timer).Assembly.GetType(name);
        if (type is null)
        {
            _missing.Add(name);
        }
        return type;
    }

    private FieldInfo Field(Type? type, string name)
    {
        FieldInfo? field = type?.GetField(name, Any);
        if (field is null)
        {
            _missing.Add($"{type?.FullName ?? "TimerQueue"}.{name}");
        }
        return field!;
    }

    private MethodInfo Method(Type? type, string name, Predicate<ParameterInfo[]> fits)
    {
        MethodInfo? method = type?.GetMethods(Any).FirstOrDefault(one => one.Name == name && fits(one.GetParameters()));
        if (method is null)
        {
            _missing.Add($"{type?.FullName ?? "TimerQueueTimer"}.{name}");
        }
        return method!;
    }
}
