using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism;

/// <summary>
/// The private members of the runtime's thread pool that <see cref="CapturedPool"/> needs. It has either all of them or
/// none.
/// </summary>
internal sealed class ThreadPoolAccess
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly List<string> _missing = [];
    private readonly Type? _localsType;
    private readonly FieldInfo _current;
    private readonly FieldInfo _queueOfLocals;
    private readonly FieldInfo _poolOfLocals;
    private readonly FieldInfo _pool;
    private readonly MethodInfo _pop;
    private readonly Action<object, Thread>? _dispatch;
    private readonly MethodInfo? _refresh;

    private ThreadPoolAccess()
    {
        _localsType = Named("System.Threading.ThreadPoolWorkQueueThreadLocals");
        Type? pool = Named("System.Threading.ThreadPoolWorkQueue");
        Type? queue = Named("System.Threading.ThreadPoolWorkQueue+WorkStealingQueue");
        _current = Required(_localsType?.GetField("threadLocals", Any), "ThreadPoolWorkQueueThreadLocals.threadLocals");
        _queueOfLocals = Required(
            _localsType?.GetField("workStealingQueue", Any), "ThreadPoolWorkQueueThreadLocals.workStealingQueue");
        _poolOfLocals = Required(_localsType?.GetField("workQueue", Any), "ThreadPoolWorkQueueThreadLocals.workQueue");
        _pool = Required(typeof(ThreadPool).GetField("s_workQueue", Any), "ThreadPool.s_workQueue");
        _pop = Required(queue?.GetMethod("LocalPop", Any, Type.EmptyTypes), "WorkStealingQueue.LocalPop");
        _refresh = pool?.GetMethod("RefreshLoggingEnabled", Any, Type.EmptyTypes);
        MethodInfo dispatch = Required(
            pool?.GetMethod("DispatchWorkItem", Any, [typeof(object), typeof(Thread)]),
                "ThreadPoolWorkQueue.DispatchWorkItem");
        if (_missing.Count == 0 && dispatch.IsStatic)
        {
            _dispatch = dispatch.CreateDelegate<Action<object, Thread>>();
        }
        else
        {
            _missing.Add("a static ThreadPoolWorkQueue.DispatchWorkItem");
        }
    }

    /// <summary>The members of this runtime.</summary>
    public static ThreadPoolAccess Instance { get; } = new();

    /// <summary>The names of the members that this runtime lacks; empty when the redirect works.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>
    /// The pool's own state for this thread. It decides where work that the thread enqueues goes.
    /// </summary>
    public object? Current
    {
        get => _current.GetValue(null);
        set => _current.SetValue(null, value);
    }

    /// <summary>
    /// Makes a state with a queue that the pool does not know, so that none of its threads takes from it.
    /// </summary>
    public object CreateHidden()
    {
        object locals = RuntimeHelpers.GetUninitializedObject(_localsType!);
        // Its finalizer would give work of a simulation to the pool.
#pragma warning disable CA1816 // It is not this object's own finalizer.
        GC.SuppressFinalize(locals);
#pragma warning restore CA1816
        _queueOfLocals.SetValue(locals, Activator.CreateInstance(_queueOfLocals.FieldType, nonPublic: true));
        _poolOfLocals.SetValue(locals, _pool.GetValue(null));
        return locals;
    }

    /// <summary>A function that takes the newest work of a state; it returns null when there is none.</summary>
    public Func<object?> PopOf(object locals) => _pop.CreateDelegate<Func<object?>>(_queueOfLocals.GetValue(locals));

    /// <summary>Makes the pool report its work from now on, if there are listeners.</summary>
    public void RefreshLogging() => _refresh?.Invoke(_pool?.GetValue(null), null);

    /// <summary>Runs work as a thread of the pool does.</summary>
    public void Run(object work) => _dispatch!(work, Thread.CurrentThread);

    private Type? Named(string name)
    {
        Type? type = typeof(ThreadPool).Assembly.GetType(name);
        if (type is null)
        {
            _missing.Add(name);
        }
        return type;
    }

    private T Required<T>(T? member, string name)
        where T : class
    {
        if (member is null)
        {
            _missing.Add($"System.Threading.{name}");
        }
        return member!;
    }
}
