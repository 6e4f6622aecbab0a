using System.CommandLine;
using System.Text;
using System.Text.Json;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Messages;

/// <summary>The options for the type and the bytes of a message that is sent.</summary>
internal sealed class PayloadOptions(ToolConsole console)
{
    private readonly Option<string> _type = new("--type", "-t")
    {
        Description = "The message's type: four hexadecimal digits.",
        HelpName = "CODE",
        Required = true,
    };

    private readonly Option<string?> _text = new("--text")
    {
        Description = "The message is this text, in UTF-8.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> _hex = new("--hex")
    {
        Description = "The message is these bytes, in hexadecimal.",
        HelpName = "BYTES",
    };

    private readonly Option<string?> _object = new("--object")
    {
        Description = "The message is this JSON, which is checked.",
        HelpName = "JSON",
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "The message is what is in this file; - is standard input.",
        HelpName = "FILE",
    };

    private readonly Option<Lane> _lane = new("--lane")
    {
        Description = "How urgent it is: high, normal or bulk.",
        DefaultValueFactory = static _ => Lane.Normal,
    };

    public void AddTo(Command command)
    {
        _lane.AcceptOnlyFromAmong("high", "normal", "bulk");
        foreach (Option option in (Option[])[_type, _text, _hex, _object, _file, _lane])
        {
            command.Options.Add(option);
        }
    }

    public Lane LaneOf(ParseResult parsed) => parsed.GetValue(_lane);

    /// <summary>Reads the message.</summary>
    /// <exception cref="UsageException">It makes no sense.</exception>
    public async Task<RawMessage> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ushort type = TypeCodes.Parse(parsed.GetValue(_type)!);
        string? text = parsed.GetValue(_text);
        string? hex = parsed.GetValue(_hex);
        string? json = parsed.GetValue(_object);
        string? file = parsed.GetValue(_file);
        if (((string?[])[text, hex, json, file]).Count(static given => given is not null) > 1)
        {
            throw new UsageException("Give one of --text, --hex, --object and --file.");
        }

        return new RawMessage(
            type,
            hex is not null ? BytesOf(hex)
            : json is not null ? Checked(json)
            : file is not null ? await ContentOfAsync(file, cancellationToken)
            : Encoding.UTF8.GetBytes(text ?? ""));
    }

    private static byte[] BytesOf(string hex)
    {
        try
        {
            return Convert.FromHexString(string.Concat(hex.Where(static letter => !char.IsWhiteSpace(letter))));
        }
        catch (FormatException)
        {
            throw new UsageException("--hex is no even number of hexadecimal digits.");
        }
    }

    private static byte[] Checked(string json)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(json);
            return JsonSerializer.SerializeToUtf8Bytes(parsed.RootElement);
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"--object is no JSON: {wrong.Message}");
        }
    }

    private async Task<byte[]> ContentOfAsync(string file, CancellationToken cancellationToken)
    {
        if (file != "-")
        {
            return await File.ReadAllBytesAsync(Arguments.ExistingFile(file), cancellationToken);
        }

        using MemoryStream content = new();
        await using Stream input = console.OpenInput();
        await input.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
