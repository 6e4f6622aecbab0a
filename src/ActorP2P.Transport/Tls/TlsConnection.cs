using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// An encrypted connection over another connection. The handshake begins with <see cref="Start"/>. A receive or a send
/// during the handshake is pending until the handshake is over. If the handshake fails, both fail with
/// <see cref="TransportFault.HandshakeFailed"/>, or with the fault of the inner connection.
/// </summary>
[SuppressMessage(
    "Reliability", "CA2012",
    Justification = "The one awaiter of each operation is kept until it has ended, and its result is taken once.")]
internal sealed partial class TlsConnection : IConnection
{
    private readonly IConnection _inner;
    private readonly TlsIdentity _identity;
    private readonly SessionRole _role;
    private readonly NodeId? _expected;
    private readonly ConnectionStream _stream;
    private readonly SslStream _tls;
    private readonly Action _readEnded;
    private readonly Action _writeEnded;
    private readonly Lock _lock = new();
    private IConnectionSink? _sink;
    private Memory<byte>? _earlyReceive;
    private IList<ArraySegment<byte>>? _earlySend;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _write;
    private bool _isShutdownDue;
    private bool _isClosed;
    private volatile TlsStage _stage;
    private NodeId? _shown;
    private TransportError _failure;

    /// <summary>Takes over a connection that was not started yet.</summary>
    /// <param name="inner">The connection beneath.</param>
    /// <param name="identity">This node's key.</param>
    /// <param name="role">Which side of the handshake this is.</param>
    /// <param name="expected">
    /// The node that must answer. When another answers, the handshake fails with
    /// <see cref="TransportFault.WrongNode"/>, and neither a hello nor a message is sent to it. Null: whichever
    /// answers.
    /// </param>
    public TlsConnection(IConnection inner, TlsIdentity identity, SessionRole role, NodeId? expected = null)
    {
        _expected = expected;
        _inner = inner;
        _identity = identity;
        _role = role;
        _stream = new ConnectionStream(inner, OnPosted);
        _tls = new SslStream(_stream, leaveInnerStreamOpen: true);
        _readEnded = OnReadEnded;
        _writeEnded = OnWriteEnded;
    }

    public PeerAddress LocalAddress => _inner.LocalAddress;

    public PeerAddress RemoteAddress => _inner.RemoteAddress;

    /// <summary>The peer's id, proven by its key; null until the handshake is complete.</summary>
    public NodeId? RemoteId { get; private set; }

    /// <summary>Encrypted bytes, which are more than the bytes that were sent.</summary>
    public long? BytesAcknowledged => _inner.BytesAcknowledged;

    /// <summary>About as many bytes as will be received of those that have arrived encrypted.</summary>
    public int BytesWaiting => TlsRecords.ContentOf(_stream.BytesAhead + _inner.BytesWaiting);

    private IConnectionSink Sink => _sink ?? throw new InvalidOperationException("The connection was not started.");

    public void Start(IConnectionSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (Interlocked.CompareExchange(ref _sink, sink, null) is not null)
        {
            throw new InvalidOperationException("The connection was started before.");
        }

        _inner.Start(_stream);
        _ = ShakeHandsAsync();
    }

    public OperationResult Receive(Memory<byte> buffer)
    {
        lock (_lock)
        {
            if (_stage == TlsStage.Handshake)
            {
                _earlyReceive = buffer;
                return OperationResult.Pending;
            }
        }

        return BeginReceive(buffer);
    }

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        lock (_lock)
        {
            if (_stage == TlsStage.Handshake)
            {
                _earlySend = segments;
                return OperationResult.Pending;
            }
        }

        return BeginSend(segments);
    }

    public void BoundSending(TimeSpan roundTrip) => _inner.BoundSending(roundTrip);

    // The end of the inner stream is also the end of this one. TLS's own end notice (close_notify) is not sent, because
    // SslStream may not write it while it reads. A session recognises an orderly end by its goodbye, which is
    // encrypted.
    public void ShutdownSend()
    {
        lock (_lock)
        {
            if (_stage == TlsStage.Handshake)
            {
                // The handshake may be writing at the moment.
                _isShutdownDue = true;
                return;
            }
        }

        _inner.ShutdownSend();
    }

    public void Abort()
    {
        Close();
        _inner.Abort();
        _tls.Dispose();
    }

    public void Dispose()
    {
        Close();
        _inner.Dispose();
        _tls.Dispose();
    }

    public void Post() => _inner.Post();

    private void OnPosted() => Sink.OnPosted();

    private void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _stage = _stage == TlsStage.Open ? TlsStage.Closed : _stage;
        }
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "A handshake with an unknown certificate may fail with any exception.")]
    private async Task ShakeHandsAsync()
    {
        // The sink must not be called from within Start.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        TransportError failure = default;
        try
        {
            await (_role == SessionRole.Initiator
                ? _tls.AuthenticateAsClientAsync(_identity.ForInitiator(Accepts))
                : _tls.AuthenticateAsServerAsync(_identity.ForResponder(Accepts))).ConfigureAwait(false);
            RemoteId = TlsIdentity.IdOf(_tls.RemoteCertificate);
            if (RemoteId is null || _tls.NegotiatedApplicationProtocol != TlsIdentity.Protocol)
            {
                failure = new TransportError(
                    TransportFault.HandshakeFailed, "the peer speaks another protocol over TLS");
            }
        }
        catch (Exception) when (_shown is not null && _expected is not null && _shown != _expected)
        {
            failure = new TransportError(
                TransportFault.WrongNode,
                $"{_shown.Value.ToShortString()} answers, not {_expected.Value.ToShortString()}");
        }
        catch (Exception exception)
        {
            failure = FailureOf(exception);
            if (failure.Fault == TransportFault.EndOfStream)
            {
                failure = new TransportError(
                    TransportFault.HandshakeFailed, "the peer ended its stream during the handshake");
            }
        }

        Memory<byte>? receive;
        IList<ArraySegment<byte>>? send;
        bool isShutdownDue;
        lock (_lock)
        {
            _failure = failure;
            _stage = failure.Fault != TransportFault.None ? TlsStage.Failed
                : _isClosed ? TlsStage.Closed
                : TlsStage.Open;
            isShutdownDue = _isShutdownDue;
            receive = _earlyReceive;
            send = _earlySend;
            _earlyReceive = null;
            _earlySend = null;
        }

        if (isShutdownDue)
        {
            _inner.ShutdownSend();
        }

        if (send is not null && BeginSend(send) is { IsPending: false } sent)
        {
            Sink.OnSent(sent);
        }

        if (receive is { } buffer && BeginReceive(buffer) is { IsPending: false } received)
        {
            Sink.OnReceived(received);
        }
    }

    private OperationResult BeginSend(IList<ArraySegment<byte>> segments)
    {
        if (_stage == TlsStage.Failed)
        {
            return OperationResult.Failed(_failure);
        }

        _write = TlsRecords.WriteAsync(_tls, _stream, segments).ConfigureAwait(false).GetAwaiter();
        if (_write.IsCompleted)
        {
            return EndWrite();
        }

        _write.UnsafeOnCompleted(_writeEnded);
        return OperationResult.Pending;
    }

    private void OnWriteEnded() => Sink.OnSent(EndWrite());

    private OperationResult EndWrite()
    {
        try
        {
            return OperationResult.Completed(_write.GetResult());
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return Fail(exception);
        }
    }

    private OperationResult Fail(Exception exception)
    {
        if (_stream.Error.Fault == TransportFault.None)
        {
            // The received bytes are not TLS. The inner connection still works, but it is of no use.
            _inner.Abort();
        }

        return OperationResult.Failed(FailureOf(exception));
    }

    private bool Accepts(object? sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // A node's certificate is its own issuer. Others behind it would only take memory and time.
        bool isAlone = chain is null || chain.ChainPolicy.ExtraStore.All(other => certificate is X509Certificate2 own
            && other.RawDataMemory.Span.SequenceEqual(own.RawDataMemory.Span));
        _shown = isAlone ? TlsIdentity.IdOf(certificate) : null;
        return _shown is { } id && (_expected is null || id == _expected);
    }

    private TransportError FailureOf(Exception exception) => _stream.Error is { Fault: not TransportFault.None } error
        ? error
        : _stage switch
        {
            TlsStage.Handshake => new TransportError(TransportFault.HandshakeFailed, Reason(exception)),
            TlsStage.Closed => new TransportError(TransportFault.Aborted, "closed by this side"),
            _ => new TransportError(TransportFault.Reset, Reason(exception)),
        };

    private static string Reason(Exception exception) => exception.InnerException is { } inner
        ? $"{exception.Message} {inner.Message}"
        : exception.Message;
}
