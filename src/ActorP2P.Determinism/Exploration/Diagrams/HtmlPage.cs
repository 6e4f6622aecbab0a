using System.Net;

namespace ActorP2P.Determinism;

/// <summary>Writes a page with a diagram as a picture, as text, and for Mermaid.</summary>
internal static class HtmlPage
{
    public static string Of(CausalDiagram diagram) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <title>{{Encoded(diagram.Title)}}</title>
        <style>
        body { font-family: sans-serif; margin: 2em; color: #10202c; }
        pre { background: #f4f6f8; padding: 1em; overflow: auto; }
        div.picture { overflow: auto; }
        </style>
        </head>
        <body>
        <h1>{{Encoded(diagram.Title)}}</h1>
        <div class="picture">
        {{new SvgDiagram(diagram)}}
        </div>
        <h2>As text</h2>
        <pre>{{Encoded(diagram.ToText())}}</pre>
        <h2>For Mermaid</h2>
        <pre>{{Encoded(diagram.ToMermaid())}}</pre>
        </body>
        </html>
        """;

    private static string Encoded(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Select(static one => char.IsControl(one) && one != '\n' ? ' ' : one)));
}
