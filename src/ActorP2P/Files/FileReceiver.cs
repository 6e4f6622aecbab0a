using System.Buffers.Binary;
using System.Security.Cryptography;
using ActorP2P.Protocol;
using Microsoft.Win32.SafeHandles;

namespace ActorP2P;

/// <summary>
/// Receives files over streams. A file that is not complete has a name of its own, stays when the stream ends, and is
/// continued the next time. A file whose hash is wrong is deleted.
/// </summary>
/// <param name="choose">Chooses the path of an offered file; null refuses it.</param>
/// <param name="progress">Is told of bytes that have arrived; null: nobody.</param>
internal sealed class FileReceiver(
    Func<FileOffer, StreamContext, string?> choose, IProgress<FileProgress>? progress)
{
    /// <summary>The end of the name of a file that is not complete.</summary>
    public const string PartialEnd = ".part";

    private const int BufferBytes = 128 * 1024;

    /// <summary>Handles the stream of an offered file.</summary>
    public async ValueTask ReceiveAsync(FileOffer offer, PeerStream stream, StreamContext context)
    {
        string? path = choose(offer, context);
        if (path is null)
        {
            stream.Abort(RequestErrorCode.Unwanted, "the file is not wanted");
            return;
        }

        string partial = path + PartialEnd;
        bool isRight;
        using (SafeFileHandle? file = TryOpen(partial, offer))
        {
            if (file is null)
            {
                stream.Abort(RequestErrorCode.NoRoom, "the file is being received already");
                return;
            }

            isRight = await TryReceiveAsync(file, offer, stream, context);
        }

        if (isRight)
        {
            File.Move(partial, path, overwrite: true);
            progress?.Report(new FileProgress(context.Peer, offer.Name, offer.Length, offer.Length, path));
        }
        else
        {
            File.Delete(partial);
            StreamItems.Malformed(stream, "the hash of the file is wrong");
        }
    }

    private static SafeFileHandle? TryOpen(string path, FileOffer offer)
    {
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (offer.IsFromStart || RandomAccess.GetLength(file) > offer.Length)
            {
                RandomAccess.SetLength(file, 0);
            }

            return file;
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private async Task<bool> TryReceiveAsync(
        SafeFileHandle file, FileOffer offer, PeerStream stream, StreamContext context)
    {
        CancellationToken token = context.CancellationToken;
        long at = RandomAccess.GetLength(file);
        byte[] number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, at);
        await stream.WriteAsync(number, token);

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        HashBeginning(file, at, hash, buffer);
        while (at < offer.Length)
        {
            int count = await stream.ReadAsync(
                buffer.AsMemory(0, (int)Math.Min(buffer.Length, offer.Length - at)), token);
            if (count == 0)
            {
                throw StreamItems.Malformed(stream, $"the file ends after {at} of {offer.Length} bytes");
            }

            RandomAccess.Write(file, buffer.AsSpan(0, count), at);
            hash.AppendData(buffer, 0, count);
            at += count;
            progress?.Report(new FileProgress(context.Peer, offer.Name, at, offer.Length, Path: null));
        }

        byte[] said = new byte[SHA256.HashSizeInBytes];
        int read = await StreamItems.FillAsync(stream, said, 0, token);
        return read == said.Length && await stream.ReadAsync(number, token) == 0
            && hash.GetHashAndReset().AsSpan().SequenceEqual(said);
    }

    private static void HashBeginning(SafeFileHandle file, long length, IncrementalHash hash, byte[] buffer)
    {
        for (long at = 0; at < length;)
        {
            int count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at)), at);
            if (count == 0)
            {
                throw new IOException("The part of the file that is here became shorter while it was read.");
            }

            hash.AppendData(buffer, 0, count);
            at += count;
        }
    }
}
