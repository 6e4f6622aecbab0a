using Microsoft.Win32.SafeHandles;

namespace ActorP2P.Cli.Terminal;

/// <summary>
/// Standard output, which fails when its reader has closed it. The console's own stream ignores that, so a command that
/// prints for ever would not end.
/// </summary>
internal sealed class OutputStream(Stream inner) : Stream
{
    // EPIPE on Linux and macOS; the base library uses the system's number where it has none of its own.
    private const int BrokenPipe = 32;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens standard output.</summary>
    public static OutputStream Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            FileStream own = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!own.CanSeek)
            {
                return new OutputStream(own);
            }
        }

        // A file may have other writers, whose bytes a stream with a position of its own would overwrite.
        return new OutputStream(Console.OpenStandardOutput());
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException closed) when (closed.HResult == BrokenPipe)
        {
            throw new ClosedPipeException(closed);
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
