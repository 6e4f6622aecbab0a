using System.Runtime.CompilerServices;

namespace ActorP2P.Transport;

/// <content>Receiving after the handshake.</content>
internal sealed partial class TlsConnection
{
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _read;
    private Memory<byte> _receiving;
    private int _received;
    private OperationResult _failedRead;

    private OperationResult BeginReceive(Memory<byte> buffer)
    {
        if (_stage == TlsStage.Failed)
        {
            return OperationResult.Failed(_failure);
        }

        if (_failedRead.IsFailed)
        {
            return _failedRead;
        }

        _receiving = buffer;
        _received = 0;
        return ContinueReceive();
    }

    // SslStream returns one record at a time. Records that have arrived already are received together.
    private OperationResult ContinueReceive()
    {
        while (true)
        {
            try
            {
                _read = _tls.ReadAsync(_receiving[_received..]).ConfigureAwait(false).GetAwaiter();
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException)
            {
                // The stream is disposed already.
                _stream.DropAhead();
                return OperationResult.Failed(FailureOf(exception));
            }

            if (!_read.IsCompleted)
            {
                _read.UnsafeOnCompleted(_readEnded);
                return OperationResult.Pending;
            }

            if (EndRead() is { IsPending: false } result)
            {
                return result;
            }
        }
    }

    private void OnReadEnded()
    {
        OperationResult result = EndRead();
        if (result.IsPending)
        {
            result = ContinueReceive();
        }

        if (!result.IsPending)
        {
            Sink.OnReceived(result);
        }
    }

    // The result of a read. It is pending if more records have arrived that there is room for.
    private OperationResult EndRead()
    {
        int bytes;
        try
        {
            bytes = _read.GetResult();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // The bytes before the failure are delivered first.
            _stream.DropAhead();
            _failedRead = Fail(exception);
            return _received > 0 ? OperationResult.Completed(_received) : _failedRead;
        }

        _received += bytes;
        if (_received == 0 && !_receiving.IsEmpty)
        {
            return OperationResult.Failed(TransportFault.EndOfStream, "the peer ended its stream");
        }

        if (bytes > 0 && _received < _receiving.Length && _stream.HasRecord)
        {
            return OperationResult.Pending;
        }

        _receiving = default;
        return OperationResult.Completed(_received);
    }
}
