using System.CommandLine;
using ActorP2P.Cli.Terminal;
using ActorP2P.Protocol;

namespace ActorP2P.Cli.Decode;

/// <summary>The command <c>decode</c>, which prints the frames of a capture.</summary>
internal static class DecodeCommand
{
    public static Command Create(ToolConsole console)
    {
        Argument<string> file = new("FILE")
        {
            Description = "A file of tcpdump -w (pcap), the bytes of one direction, or their hexadecimal digits; - is "
                + "standard input.",
        };
        Option<int> payload = new("--payload")
        {
            Description = "How many bytes of each message to show. A login's are never shown.",
            HelpName = "BYTES",
        };
        Option<bool> json = new("--json") { Description = "Lines of JSON." };
        Command command = new(
            "decode", "Prints the frames of a capture of a connection without encryption. Secrets are left out.")
        {
            file, payload, json,
        };
        Examples.Add(
            command,
            "actorp2p decode capture.pcap",
            "xxd -p side.bin | actorp2p decode - --payload 64");
        command.SetAction((parsed, cancellationToken) => new Verb(console, parsed.GetValue(json)).RunAsync(
            () => Task.FromResult(Decode(
                console,
                parsed.GetValue(json),
                parsed.GetValue(file)!,
                Arguments.NotNegative(parsed.GetValue(payload), "--payload"),
                cancellationToken)),
            cancellationToken));
        return command;
    }

    private static int Decode(
        ToolConsole console, bool json, string file, int payloadBytes, CancellationToken cancellationToken)
    {
        using Stream input = file == "-" ? console.OpenInput() : File.OpenRead(Arguments.ExistingFile(file));
        int code = ExitCodes.Done;
        foreach (CapturedStream stream in CaptureFile.Read(input))
        {
            if (!json && stream.Name.Length > 0)
            {
                console.Output.WriteLine($"== {stream.Name}");
            }

            StreamDecoder decoder = new(stream, new FrameDetails(payloadBytes));
            foreach (DecodedFrame frame in decoder.Frames())
            {
                cancellationToken.ThrowIfCancellationRequested();
                Print(console, json, stream.Name, frame);
            }

            if ((decoder.Problem ?? decoder.Note) is { } said)
            {
                console.Error.WriteLine($"{(stream.Name.Length > 0 ? $"{stream.Name}: " : "")}{said}");
            }

            code = decoder.Problem is null ? code : ExitCodes.Failed;
        }

        return code;
    }

    private static void Print(ToolConsole console, bool json, string stream, DecodedFrame frame)
    {
        FrameHeader header = frame.Header;
        if (json)
        {
            console.WriteJson(new
            {
                stream,
                offset = frame.Offset,
                kind = $"{header.Kind}",
                lane = $"{header.Lane}",
                flags = $"{header.Flags & ~FrameFlags.LaneMask}",
                type = $"{header.Type:x4}",
                id = $"{header.Id:x16}",
                length = header.Length,
                details = frame.Details.Select(static detail => new { name = detail.Key, value = detail.Value }),
            });
            return;
        }

        FrameFlags flags = header.Flags & ~FrameFlags.LaneMask;
        console.Output.WriteLine(
            $"{frame.Offset,8} {header.Kind}"
            + (header.Lane == Lane.Control ? "" : $" {header.Lane}")
            + (header.Type == 0 ? "" : $" type {header.Type:x4}")
            + (header.Id == 0 ? "" : $" id {header.Id:x}")
            + (flags == FrameFlags.None ? "" : $" [{flags}]")
            + $" {header.Length} bytes");
        foreach (KeyValuePair<string, string> detail in frame.Details)
        {
            console.Output.WriteLine($"         {detail.Key}: {SafeText.Of(detail.Value)}");
        }
    }
}
