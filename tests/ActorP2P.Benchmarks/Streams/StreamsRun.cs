using System.Diagnostics;
using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// One stream against one raw connection, without and with TLS, over loopback with both ends in this process. The four
/// take turns, so that they meet the same load. Beside that: what a stream holds in memory, how long an urgent ask
/// takes beside one, and how 64 streams share the connection.
/// </summary>
internal static class StreamsRun
{
    private const int BufferBytes = 128 * 1024;
    private const int Many = 64;
    private const double MiB = 1024 * 1024;

    /// <summary>Measures with so many megabytes in each sample, and prints the medians.</summary>
    public static async Task RunAsync(int megabytes, int rounds)
    {
        long bytes = megabytes * 1024L * 1024;
        await using StreamPair plain = await StreamPair.StartAsync(Encryption.Off);
        await using StreamPair encrypted = await StreamPair.StartAsync(Encryption.Required);
        (string Name, Func<Task<long>> Send)[] forms =
        [
            ("raw socket", () => RawStream.SendAsync(bytes, isEncrypted: false)),
            ("stream", () => SendAsync(plain, bytes)),
            ("raw socket, SslStream", () => RawStream.SendAsync(bytes, isEncrypted: true)),
            ("stream, encrypted", () => SendAsync(encrypted, bytes)),
        ];
        List<double>[] rates = [.. forms.Select(static _ => new List<double>())];
        for (int round = 0; round <= rounds; round++)
        {
            for (int form = 0; form < forms.Length; form++)
            {
                long start = Stopwatch.GetTimestamp();
                await forms[form].Send();
                double rate = megabytes / Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round > 0)
                {
                    rates[form].Add(rate);
                }
            }
        }

        for (int form = 0; form < forms.Length; form++)
        {
            List<double> rate = rates[form];
            Print($"{forms[form].Name,-24} {Median.Of(rate),8:0} MiB/s ({rate.Min():0} to {rate.Max():0})");
        }

        Print($"ratio, plain             {RatioOf(rates[1], rates[0]):0.00}");
        Print($"ratio, encrypted         {RatioOf(rates[3], rates[2]):0.00}");
        await MeasureMemoryAsync(plain, bytes);
        await MeasureAsksAsync(plain, bytes);
        await MeasureSharesAsync(plain, bytes);
    }

    private static double RatioOf(List<double> node, List<double> raw) =>
        Median.Of([.. node.Zip(raw, static (mine, theirs) => mine / theirs)]);

    private static async Task<long> SendAsync(StreamPair pair, long bytes)
    {
        await using PeerStream stream = await pair.OpenAsync(bytes);
        byte[] buffer = new byte[BufferBytes];
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            pair.Touch(count);
        }

        return stream.BytesRead == bytes ? bytes
            : throw new InvalidOperationException($"{stream.BytesRead} bytes arrived, not {bytes}.");
    }

    private static async Task MeasureMemoryAsync(StreamPair pair, long bytes)
    {
        GC.Collect();
        long before = Process.GetCurrentProcess().WorkingSet64;
        long most = 0;
        long held = 0;
        Task sending = SendAsync(pair, bytes);
        while (!sending.IsCompleted)
        {
            await Task.WhenAny(sending, Task.Delay(5));
            using Process self = Process.GetCurrentProcess();
            most = Math.Max(most, self.WorkingSet64 - before);
            held = Math.Max(held, pair.HeldBytes);
        }

        await sending;
        Print(
            $"memory of both ends      at most {most / MiB:0.0} MiB more, {held / MiB:0.0} MiB of it held for peers");
    }

    private static async Task MeasureAsksAsync(StreamPair pair, long bytes)
    {
        Print($"urgent ask alone         {await AskAsync(pair, Task.Delay(1000))}");
        Print($"urgent ask beside bulk   {await AskAsync(pair, SendAsync(pair, bytes))}");
    }

    private static async Task<string> AskAsync(StreamPair pair, Task until)
    {
        List<double> took = [];
        SendOptions urgent = new() { Lane = Lane.High };
        while (!until.IsCompleted)
        {
            long start = Stopwatch.GetTimestamp();
            await pair.AskAsync(urgent);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        await until;
        took.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {took[took.Count / 2]:0} us, p99 {took[took.Count * 99 / 100]:0} us, {took.Count} asks");
    }

    private static async Task MeasureSharesAsync(StreamPair pair, long bytes)
    {
        PeerStream[] streams = new PeerStream[Many];
        Task[] readers = new Task[Many];
        for (int i = 0; i < Many; i++)
        {
            streams[i] = await pair.OpenAsync(bytes);
        }

        for (int i = 0; i < Many; i++)
        {
            readers[i] = ReadAsync(streams[i]);
        }

        // When a quarter of all is there, every stream should have its share.
        while (streams.Sum(static stream => stream.BytesRead) < bytes * 4)
        {
            await Task.Delay(5);
        }

        double[] shares = [.. streams.Select(static stream => (double)stream.BytesRead)];
        double mean = shares.Average();
        Print($"shares of {Many} streams      {shares.Min() / mean:0.00} to {shares.Max() / mean:0.00} of the mean");
        foreach (PeerStream stream in streams)
        {
            stream.Abort(0x100);
        }

        await Task.WhenAll(readers);
        foreach (PeerStream stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    private static async Task ReadAsync(PeerStream stream)
    {
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (PeerStreamException aborted) when (aborted.Reason == StreamFailure.Aborted)
        {
            // The measure is over.
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
