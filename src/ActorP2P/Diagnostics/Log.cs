using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P;

/// <summary>
/// What the node logs. Event ids 1000 to 1999 belong to this assembly. An id is never reused for another event.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Node {Node} listens on {Address}")]
    public static partial void Listening(ILogger logger, string node, PeerAddress address);

    [LoggerMessage(1001, LogLevel.Warning,
        "Accepting on {Address} failed: {Detail}; {Suppressed} such failures since the last report were not logged")]
    public static partial void AcceptFailed(ILogger logger, PeerAddress? address, string detail, long suppressed);

    [LoggerMessage(1002, LogLevel.Information, "Node {Node} stopped")]
    public static partial void Stopped(ILogger logger, string node);

    [LoggerMessage(1003, LogLevel.Critical, "Node {Node} failed and stops: {Part}")]
    public static partial void NodeFailed(ILogger logger, Exception? exception, string node, string part);

    [LoggerMessage(1004, LogLevel.Error, "Node {Node}: {Part} failed and is restarted")]
    public static partial void PartFailed(ILogger logger, Exception exception, string node, string part);

    [LoggerMessage(1005, LogLevel.Warning,
        "The process may use {Available} bytes: the longest accepted message is {Taken} bytes instead of {Asked}")]
    public static partial void MessagesShortened(ILogger logger, long available, int taken, int asked);

    [LoggerMessage(1010, LogLevel.Information, "Link {Link} to {Peer} is ready")]
    public static partial void PeerReady(ILogger logger, long link, Peer peer);

    [LoggerMessage(1011, LogLevel.Information, "Link {Link} to {Address} ended. {End}")]
    public static partial void LinkEnded(ILogger logger, long link, PeerAddress address, Disconnect end);

    [LoggerMessage(1012, LogLevel.Warning, "Link {Link} to {Address} was ended for a fault. {End}")]
    public static partial void LinkFaulted(ILogger logger, long link, PeerAddress address, Disconnect end);

    [LoggerMessage(1013, LogLevel.Warning, "{Address} is charged {Points} points: {Detail}")]
    public static partial void Penalised(ILogger logger, PeerAddress address, int points, string detail);

    [LoggerMessage(1014, LogLevel.Error, "The actor of link {Link} failed; the connection closes")]
    public static partial void PeerActorFailed(ILogger logger, Exception exception, long link);

    [LoggerMessage(1015, LogLevel.Information, "{Address} was refused at once. {End}")]
    public static partial void RefusedAtOnce(ILogger logger, PeerAddress address, Disconnect end);

    [LoggerMessage(1016, LogLevel.Information, "{Peer} has logged in")]
    public static partial void LoggedIn(ILogger logger, Peer peer);

    [LoggerMessage(1017, LogLevel.Warning, "The cookie of a stopped node stays: {Detail}")]
    public static partial void CookieNotRemoved(ILogger logger, string detail);

    [LoggerMessage(1018, LogLevel.Warning,
        "The program was asked at the stage {Stage} whether to admit {Address}, and {Detail}: refused")]
    public static partial void AdmissionFailed(
        ILogger logger, Exception? exception, AdmissionStage stage, PeerAddress address, string detail);

    [LoggerMessage(1020, LogLevel.Debug, "Dial {Address} failed: {Reason} ({Detail})")]
    public static partial void DialFailed(ILogger logger, PeerAddress address, ConnectFailure reason, string detail);

    [LoggerMessage(1021, LogLevel.Warning, "The application's code for the progress of a lookup failed")]
    public static partial void ProgressFailed(ILogger logger, Exception exception);

    [LoggerMessage(1022, LogLevel.Debug, "A question to {Node} in the distributed hash table failed: {Fault}")]
    public static partial void QuestionFailed(ILogger logger, Exception? failure, string node, DhtFault fault);

    [LoggerMessage(1030, LogLevel.Error, "The handler of message type {Type} failed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string type);

    [LoggerMessage(1032, LogLevel.Warning,
        "Node {Node} stops, but the handler of message type {Type} for {Peer} was cancelled and still runs")]
    public static partial void HandlerStillRuns(ILogger logger, string node, string type, string peer);

    [LoggerMessage(1033, LogLevel.Warning,
        "A broadcast of {Length} bytes is longer than the {Max} that link {Link} accepts; further ones "
        + "are only counted")]
    public static partial void BroadcastTooLong(ILogger logger, int length, int max, long link);

    [LoggerMessage(1031, LogLevel.Error, "A callback on the cancellation of a handler failed")]
    public static partial void CancellationFailed(ILogger logger, Exception exception);

    [LoggerMessage(1034, LogLevel.Error, "A service of a handler failed when it was disposed")]
    public static partial void ScopeFailed(ILogger logger, Exception exception);

    [LoggerMessage(1040, LogLevel.Warning,
        "{Count} lines of event {Event} were left out of the log, because they came too fast")]
    public static partial void LinesLeftOut(ILogger logger, long count, int @event);

    [LoggerMessage(1070, LogLevel.Warning,
        "The saved addresses cannot be read ({Fault}); the node begins with an empty book")]
    public static partial void BookNotRead(ILogger logger, BookFault fault);

    [LoggerMessage(1071, LogLevel.Debug, "{Peer} has told no addresses: {Reason}")]
    public static partial void AddressesNotTold(ILogger logger, Peer peer, AskFailure reason);

    [LoggerMessage(1072, LogLevel.Information, "The name {Name} was not looked up: {Detail}")]
    public static partial void NameNotLookedUp(ILogger logger, PeerAddress name, string detail);

    [LoggerMessage(1060, LogLevel.Information, "{Target} is banned until {Until:u}: {Reason}")]
    public static partial void Banned(ILogger logger, BanTarget target, DateTimeOffset until, string reason);

    [LoggerMessage(1061, LogLevel.Information, "The ban of {Target} {End}")]
    public static partial void BanEnded(ILogger logger, BanTarget target, string end);

    [LoggerMessage(1062, LogLevel.Information,
        "{Count} bans were restored from the node's store; {Unreadable} entries could not be read and are removed")]
    public static partial void BansRestored(ILogger logger, int count, int unreadable);

    [LoggerMessage(1063, LogLevel.Warning, "The node's store failed: {Reason} ({Detail})")]
    public static partial void StoreFailed(ILogger logger, PeerStoreFault reason, string detail);

    [LoggerMessage(1064, LogLevel.Error,
        "The node's store could not be read, and the node starts without what it knew: {Reason} ({Detail})")]
    public static partial void StoreNotRead(ILogger logger, PeerStoreFault reason, string detail);

    [LoggerMessage(1065, LogLevel.Warning, "The node has stopped, and {Count} changes are not in its store")]
    public static partial void NotStored(ILogger logger, int count);
}
