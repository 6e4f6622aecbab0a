using System.IO.Pipelines;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Bytes in order to and from a peer, beside all messages on the connection. Both sides may write at the same time;
/// each ends its own direction (<see cref="CompleteWritingAsync"/>). One read and one write may be in progress at a
/// time, on any threads. A reader that is slow slows down the writer at the other side, and nothing else.
/// </summary>
/// <remarks>
/// Read to the end, complete the writing, and dispose the stream. Disposing it without completing a writing that was
/// begun aborts it, so that an exception in between is not taken for the end of the bytes.
/// </remarks>
public sealed class PeerStream : Stream, IDuplexPipe
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamInput _input;
    private readonly StreamOutput _output;
    private PipeReader? _reader;
    private PipeWriter? _writer;
    private PeerStreamException? _abort;
    private int _readStep;
    private int _isTouched;

    /// <summary>A stream to open.</summary>
    internal PeerStream(Peer peer, EncodedMessage request, Lane lane)
        : this(peer)
    {
        Request = request;
        Lane = lane;
    }

    /// <summary>A stream that the peer has opened.</summary>
    internal PeerStream(Peer peer, StreamState state)
        : this(peer)
    {
        Lane = state.Lane;
        State = state;
        state.Tag = this;
        _opened.TrySetResult();
    }

    private PeerStream(Peer peer)
    {
        Peer = peer;
        _input = new StreamInput(this);
        _output = new StreamOutput(this);
        _readStep = peer.Owner.Settings.Session.StreamWindow / 4;
    }

    /// <summary>The peer at the other end.</summary>
    public Peer Peer { get; }

    /// <summary>The lane of the stream's frames.</summary>
    public Lane Lane { get; }

    /// <summary>Bytes of the peer that were read.</summary>
    public long BytesRead => _input.BytesRead;

    /// <summary>Bytes that were written. The last of them may still wait to be sent.</summary>
    public long BytesWritten => _output.BytesWritten;

    /// <summary>The stream's bytes as a pipe. Use either it or the stream's own methods to read.</summary>
    public PipeReader Input => _reader ??= PipeReader.Create(this, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>A pipe into the stream. Use either it or the stream's own methods to write.</summary>
    public PipeWriter Output => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <summary>A stream has no length.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Length => throw new NotSupportedException("A stream of a peer has no length.");

    /// <summary>A stream has no position.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Position
    {
        get => throw NoSeek();
        set => throw NoSeek();
    }

    /// <summary>Completes when the stream is open; fails when it cannot be opened.</summary>
    internal Task Opened => _opened.Task;

    /// <summary>The request that opens it. The connection's turn takes it.</summary>
    internal EncodedMessage? Request { get; set; }

    /// <summary>The session's part of it; null until it is open. Only the connection's turn uses it.</summary>
    internal StreamState? State { get; set; }

    /// <summary>What is given to its handler; null for a stream of this node.</summary>
    internal StreamContext? Context { get; set; }

    /// <summary>How this side aborts it; null while it does not.</summary>
    internal PeerStreamException? Abortion => Volatile.Read(ref _abort);

    /// <summary>Whether the node is part of a simulation: it does not have the system's clock then.</summary>
    internal bool IsSimulated => Peer.Owner.TimeProvider != TimeProvider.System;

    /// <summary>Whether the stream has failed, so that an exception of its handler is no fault.</summary>
    internal bool HasFailed => _input.HasFailed || _output.HasFailed;

    internal StreamInput In => _input;

    internal StreamOutput Out => _output;

    /// <summary>
    /// Reads into a buffer and waits until there is a byte, or the peer has ended its direction. Then it returns 0.
    /// </summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="cancellationToken">Ends the wait. No byte is lost.</param>
    /// <exception cref="PeerStreamException">The stream ended before its end.</exception>
    /// <exception cref="InvalidOperationException">Another read has not ended yet.</exception>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)"/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>
    /// Writes bytes. The task completes when they are in the stream's buffer, which is sent as far as the peer reads.
    /// </summary>
    /// <param name="buffer">The bytes. They may be changed when the task has completed.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. A part of the bytes may have been sent, so nothing more can be written.
    /// </param>
    /// <exception cref="PeerStreamException">The stream has ended.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another write has not ended yet, or the writing was completed.
    /// </exception>
    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _output.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>
    /// Ends this side's direction: the peer reads the bytes that were written, and then the end. Reading goes on.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the direction is ended nevertheless.</param>
    /// <returns>A task that completes when everything is sent. It need not be awaited.</returns>
    /// <exception cref="PeerStreamException">The stream ended before everything was sent.</exception>
    public Task CompleteWritingAsync(CancellationToken cancellationToken = default) =>
        _output.CompleteAsync().OrCancelled(cancellationToken);

    /// <summary>Ends both directions. The peer gets the code; bytes that are under way are lost.</summary>
    /// <param name="code">The application's code, 0x100 or higher.</param>
    /// <param name="text">A text for people at the other side; cut to 256 bytes of UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is below 0x100.</exception>
    public void Abort(ushort code, string text = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, (ushort)RequestErrorCode.FirstApplicationCode);
        ArgumentNullException.ThrowIfNull(text);
        Abort((RequestErrorCode)code, text);
    }

    /// <summary>Does nothing: bytes that are written are sent without it.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc cref="Flush"/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not supported: a stream of a peer is read asynchronously.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw NoBlocking();

    /// <summary>Not supported: a stream of a peer is written asynchronously.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Write(byte[] buffer, int offset, int count) => throw NoBlocking();

    /// <summary>Not supported: a stream has no positions.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw NoSeek();

    /// <summary>Not supported: a stream has no length.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw NoSeek();

    /// <summary>Ends both directions with a code of the library.</summary>
    internal void Abort(RequestErrorCode code, string text)
    {
        PeerStreamException abortion = new(StreamFailure.Aborted, text, end: null, code);
        if (Interlocked.CompareExchange(ref _abort, abortion, null) is null)
        {
            _input.Fail(abortion, keepsBytes: false);
            _output.Fail(abortion, keepsBytes: false);
            Touch();
        }
    }

    /// <summary>Wakes the connection's actor, which takes what was done to the stream.</summary>
    /// <returns>False when the connection has ended.</returns>
    internal bool Touch() =>
        Interlocked.Exchange(ref _isTouched, 1) != 0 || Peer.Streams.TryAdd(this, Peer.Actor);

    /// <summary>The connection's actor takes what was done to the stream from now on.</summary>
    internal void Untouch() => Volatile.Write(ref _isTouched, 0);

    /// <summary>Bytes were read. Now and then the peer must be granted more.</summary>
    internal void NoteRead()
    {
        if (_input.Unreported >= Volatile.Read(ref _readStep))
        {
            Touch();
        }
    }

    /// <summary>Sets after how many bytes the peer is granted more.</summary>
    internal void SetWindow(int window) => Volatile.Write(ref _readStep, window / 4);

    /// <summary>The stream is open.</summary>
    internal void Open(StreamState state)
    {
        State = state;
        state.Tag = this;
        _opened.TrySetResult();
    }

    /// <summary>The stream has failed, or could not be opened.</summary>
    internal void Fail(PeerStreamException failure, bool keepsBytes)
    {
        _input.Fail(failure, keepsBytes);
        _output.Fail(failure, keepsBytes: false);
        if (_opened.TrySetException(failure))
        {
            // The caller may have given up.
            _ = _opened.Task.Exception;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_input.IsDiscarding)
        {
            if (!_output.IsCompleted && BytesWritten > 0)
            {
                Abort(RequestErrorCode.Unwanted, "it was disposed before its writing was completed");
            }

            EndByItself();
        }

        base.Dispose(disposing);
    }

    /// <summary>Completes the writing, without a word of when everything is sent.</summary>
    internal void EndWriting() => _output.Complete();

    /// <summary>Completes the writing, and reads no more.</summary>
    internal void EndByItself()
    {
        EndWriting();
        if (!_output.IsCompleted && !HasFailed)
        {
            Abort(RequestErrorCode.Unwanted, "a write had not ended");
        }

        _input.Discard();
        Touch();
    }

    private static NotSupportedException NoSeek() => new("A stream of a peer has no positions.");

    private static NotSupportedException NoBlocking() =>
        new("A stream of a peer is read and written asynchronously: use ReadAsync and WriteAsync.");
}
