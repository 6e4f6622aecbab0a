using ActorP2P.Cli.Messages;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Cli.Run;

/// <summary>What the nodes of a file do for their peers besides being peers.</summary>
internal sealed record RunServices
{
    /// <summary>The types of broadcasts that they accept and relay, whatever they say.</summary>
    public required IReadOnlyList<ushort> Relay { get; init; }

    /// <summary>The type of requests that they answer with the request; null: none.</summary>
    public ushort? Echo { get; init; }

    /// <summary>The folder whose files every peer may fetch; null: none.</summary>
    public string? Share { get; init; }

    /// <summary>The folder that files of peers go to; null: they are refused.</summary>
    public string? Inbox { get; init; }

    /// <summary>Reads the block <c>run</c>.</summary>
    /// <exception cref="ArgumentException">A setting is not allowed.</exception>
    public static RunServices From(IConfigurationSection section)
    {
        try
        {
            IConfigurationSection relay = section.GetSection("relay");
            return new RunServices
            {
                Relay = TypeCodes.ParseAll(relay.Value is { } one ? [one]
                    : [.. relay.GetChildren().Select(static child => child.Value ?? "")]),
                Echo = section["echo"] is { } echo ? TypeCodes.Parse(echo) : null,
                Share = section["share"],
                Inbox = section["inbox"],
            };
        }
        catch (UsageException wrong)
        {
            throw new ArgumentException($"run: {wrong.Message}", wrong);
        }
    }

    /// <summary>Makes the folders.</summary>
    /// <exception cref="IOException">One cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be made.</exception>
    public void CreateFolders()
    {
        foreach (string folder in ((string?[])[Share, Inbox]).OfType<string>())
        {
            Directory.CreateDirectory(folder);
        }
    }
}
