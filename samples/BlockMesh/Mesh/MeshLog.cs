using BlockMesh.Chain;
using Microsoft.Extensions.Logging;

namespace BlockMesh.Mesh;

/// <summary>The log messages of the nodes.</summary>
internal static partial class MeshLog
{
    [LoggerMessage(100, LogLevel.Information, "Listening on {Address}.")]
    public static partial void Listening(ILogger logger, string address);

    [LoggerMessage(101, LogLevel.Information, "Settled: {Headers} headers, {Blocks} blocks.")]
    public static partial void Settled(ILogger logger, int headers, int blocks);

    [LoggerMessage(102, LogLevel.Information, "Asking {Peer} failed: {Problem} It is not asked for {BackOff}.")]
    public static partial void AskFailed(ILogger logger, string peer, string problem, TimeSpan backOff);

    [LoggerMessage(103, LogLevel.Warning, "Refused {Refusal}. The peer is not asked again.")]
    public static partial void Refused(ILogger logger, Refusal refusal);

    [LoggerMessage(104, LogLevel.Information, "Took the block announced by {Peer}: {Bytes} bytes.")]
    public static partial void Announced(ILogger logger, string peer, int bytes);

    [LoggerMessage(105, LogLevel.Error, "The sync has failed.")]
    public static partial void SyncFailed(ILogger logger, Exception problem);

    [LoggerMessage(106, LogLevel.Information, "Broadcast a block of {Bytes} bytes to {Peers} peers.")]
    public static partial void Broadcast(ILogger logger, int bytes, int peers);

    [LoggerMessage(108, LogLevel.Information, "Took the transaction announced by {Peer}: {Bytes} bytes.")]
    public static partial void TookTransaction(ILogger logger, string peer, int bytes);

    [LoggerMessage(109, LogLevel.Information, "Broadcast a transaction of {Bytes} bytes to {Peers} peers.")]
    public static partial void BroadcastTransaction(ILogger logger, int bytes, int peers);

    [LoggerMessage(110, LogLevel.Debug, "Ignored a transaction of {Peer}: {Verdict}.")]
    public static partial void LeftTransaction(ILogger logger, string peer, TransactionVerdict verdict);

    [LoggerMessage(107, LogLevel.Information, "Stopped syncing at {Headers} headers, {Blocks} blocks.")]
    public static partial void SyncStopped(ILogger logger, int headers, int blocks);
}
