namespace ActorP2P.TestKit;

/// <summary>Chooses events of the system, logged or dead letters, to be expected.</summary>
public sealed class EventFilterFactory
{
    private readonly TestKitBase _kit;

    internal EventFilterFactory(TestKitBase kit) => _kit = kit;

    /// <summary>Errors.</summary>
    public EventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log(entry => entry is Error, message, start, contains, source);

    /// <summary>Warnings.</summary>
    public EventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log(entry => entry is Warning, message, start, contains, source);

    /// <summary>Information.</summary>
    public EventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log(entry => entry is Info, message, start, contains, source);

    /// <summary>Debug output.</summary>
    public EventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) =>
        Log(entry => entry is Debug, message, start, contains, source);

    /// <summary>Errors with an exception of a type.</summary>
    public EventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null)
        where TException : Exception =>
        new(_kit, typeof(LogEvent), happened => happened is LogEvent { Cause: TException cause } && Matches(cause.Message, message, start, contains));

    /// <summary>Dead letters of a type.</summary>
    public EventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool>? isMatch = null) =>
        new(_kit, typeof(DeadLetter), happened => happened is DeadLetter { Message: TMessage message } && isMatch?.Invoke(message) != false);

    /// <summary>All dead letters.</summary>
    public EventFilterApplier DeadLetter() => DeadLetter<object>();

    /// <summary>Whatever is logged and fulfils a condition.</summary>
    public EventFilterApplier Custom(Predicate<LogEvent> predicate) =>
        new(_kit, typeof(LogEvent), happened => happened is LogEvent entry && predicate(entry));

    private EventFilterApplier Log(Predicate<LogEvent> level, string? message, string? start, string? contains, string? source) =>
        Custom(entry => level(entry) && Matches(entry.Message.ToString() ?? "", message, start, contains)
            && (source is null || entry.LogSource == source));

    private static bool Matches(string text, string? message, string? start, string? contains) =>
        (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));
}
