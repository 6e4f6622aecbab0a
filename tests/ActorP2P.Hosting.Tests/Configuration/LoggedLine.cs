using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting.Tests.Configuration;

/// <summary>A line of a log.</summary>
internal sealed record LoggedLine(int Id, LogLevel Level, string Text);
