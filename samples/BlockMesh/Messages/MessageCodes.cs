namespace BlockMesh.Messages;

/// <summary>The type codes of the sample's messages. The high byte is the service.</summary>
public static class MessageCodes
{
    /// <summary>The service of all messages: 0x42, the letter B.</summary>
    public const byte Service = 0x42;

    /// <summary><see cref="Messages.GetHeaders"/>.</summary>
    public const ushort GetHeaders = 0x4201;

    /// <summary><see cref="Messages.Headers"/>.</summary>
    public const ushort Headers = 0x4202;

    /// <summary><see cref="Messages.GetBlocks"/>.</summary>
    public const ushort GetBlocks = 0x4203;

    /// <summary><see cref="Messages.Blocks"/>.</summary>
    public const ushort Blocks = 0x4204;

    /// <summary><see cref="Messages.NewBlock"/>.</summary>
    public const ushort NewBlock = 0x4205;

    /// <summary><see cref="Messages.NewTransaction"/>.</summary>
    public const ushort NewTransaction = 0x4206;
}
