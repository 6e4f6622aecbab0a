using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Internal;
using Akka.TestKit.Internal.StringMatcher;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// Akka's event filters with waits in virtual time. Akka's own factory makes appliers that wait in real time and cannot
/// be overridden. The filters themselves are public and used unchanged.
/// </summary>
public sealed class SimulatedEventFilterFactory : EventFilterFactory
{
    private readonly SimulatedTestKit _kit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<EventFilterBase> _filters;

    internal SimulatedEventFilterFactory(
        SimulatedTestKit kit, ActorSystem system, IReadOnlyList<EventFilterBase> filters)
        : base(kit, system, filters) =>
        (_kit, _system, _filters) = (kit, system, filters);

    /// <summary>Errors with an exception of this type whose message matches.</summary>
    public new SimulatedEventFilterApplier Exception<TException>(Regex pattern, string? source = null)
        where TException : Exception =>
        Exception(typeof(TException), pattern, source);

    /// <summary>Errors with an exception of this type whose message matches.</summary>
    public new SimulatedEventFilterApplier Exception(
        Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        With(new ErrorFilter(exceptionType, new RegexMatcher(pattern), Source(source), checkInnerExceptions));

    /// <summary>Errors with an exception of this type.</summary>
    public new SimulatedEventFilterApplier Exception<TException>(
        string? message = null, string? start = null, string? contains = null, string? source = null)
        where TException : Exception =>
        Exception(typeof(TException), message, start, contains, source);

    /// <summary>Errors with an exception of this type.</summary>
    public new SimulatedEventFilterApplier Exception(
        Type exceptionType,
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null,
        bool checkInnerExceptions = false) =>
        With(new ErrorFilter(
            exceptionType, CreateMessageMatcher(message, start, contains), Source(source), checkInnerExceptions));

    /// <summary>Events that the predicate selects.</summary>
    public new SimulatedEventFilterApplier Custom(Predicate<LogEvent> predicate) =>
        With(new CustomEventFilter(predicate));

    /// <summary>Events of one type that the predicate selects.</summary>
    public new SimulatedEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent =>
        With(new CustomEventFilter(logged => logged is TLogEvent one && predicate(one)));

    /// <summary>Events of level Error.</summary>
    public new SimulatedEventFilterApplier Error(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(new ErrorFilter(CreateMessageMatcher(message, start, contains), Source(source)));

    /// <summary>Events of level Error whose message matches.</summary>
    public new SimulatedEventFilterApplier Error(Regex pattern, string? source = null) =>
        With(new ErrorFilter(new RegexMatcher(pattern), Source(source)));

    /// <summary>Events of level Warning.</summary>
    public new SimulatedEventFilterApplier Warning(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(new WarningFilter(CreateMessageMatcher(message, start, contains), Source(source)));

    /// <summary>Events of level Warning whose message matches.</summary>
    public new SimulatedEventFilterApplier Warning(Regex pattern, string? source = null) =>
        With(new WarningFilter(new RegexMatcher(pattern), Source(source)));

    /// <summary>Events of level Info.</summary>
    public new SimulatedEventFilterApplier Info(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(new InfoFilter(CreateMessageMatcher(message, start, contains), Source(source)));

    /// <summary>Events of level Info whose message matches.</summary>
    public new SimulatedEventFilterApplier Info(Regex pattern, string? source = null) =>
        With(new InfoFilter(new RegexMatcher(pattern), Source(source)));

    /// <summary>Events of level Debug.</summary>
    public new SimulatedEventFilterApplier Debug(
        string? message = null, string? start = null, string? contains = null, string? source = null) =>
        With(new DebugFilter(CreateMessageMatcher(message, start, contains), Source(source)));

    /// <summary>Events of level Debug whose message matches.</summary>
    public new SimulatedEventFilterApplier Debug(Regex pattern, string? source = null) =>
        With(new DebugFilter(new RegexMatcher(pattern), Source(source)));

    /// <summary>Events of a level.</summary>
    public new SimulatedEventFilterApplier ForLogLevel(
        LogLevel logLevel,
        string? message = null,
        string? start = null,
        string? contains = null,
        string? source = null) => logLevel switch
        {
            LogLevel.DebugLevel => Debug(message, start, contains, source),
            LogLevel.InfoLevel => Info(message, start, contains, source),
            LogLevel.WarningLevel => Warning(message, start, contains, source),
            _ => Error(message, start, contains, source),
        };

    /// <summary>Events of a level whose message matches.</summary>
    public new SimulatedEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) =>
        logLevel switch
        {
            LogLevel.DebugLevel => Debug(pattern, source),
            LogLevel.InfoLevel => Info(pattern, source),
            LogLevel.WarningLevel => Warning(pattern, source),
            _ => Error(pattern, source),
        };

    /// <summary>Dead letters.</summary>
    public new SimulatedEventFilterApplier DeadLetter() =>
        Dead(null, null);

    /// <summary>Dead letters of one type.</summary>
    public new SimulatedEventFilterApplier DeadLetter<TMessage>(string? source = null) =>
        Dead(static letter => letter.Message is TMessage, source);

    /// <summary>Dead letters of one type that the predicate selects.</summary>
    public new SimulatedEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) =>
        Dead(letter => letter.Message is TMessage message && isMatch(message), source);

    /// <summary>Dead letters of one type.</summary>
    public new SimulatedEventFilterApplier DeadLetter(Type type, string? source = null) =>
        Dead(letter => type.IsInstanceOfType(letter.Message), source);

    /// <summary>Dead letters of one type that the predicate selects.</summary>
    public new SimulatedEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) =>
        Dead(letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message), source);

    private SimulatedEventFilterApplier Dead(Predicate<DeadLetter>? isMatch, string? source) =>
        With(new DeadLettersFilter(null, Source(source), isMatch));

    private SimulatedEventFilterApplier With(EventFilterBase filter) => new(_kit, _system, [.. _filters, filter]);

    private static EqualsStringAndPathMatcher? Source(string? source) =>
        source is null ? null : new EqualsStringAndPathMatcher(source);
}
