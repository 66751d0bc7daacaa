using static Spearmint.Host.Support.Reading;

namespace Spearmint.Host.Targets;

public sealed class HttpTargetReaderTests
{
    [Theory]
    [InlineData("hosts: [h.test]", 4, 3, "'http' has no 'url'")]
    [InlineData("url: http://h.test/", 4, 3, "'http' has no 'hosts'")]
    [InlineData("url: h.test/a\n  hosts: [h.test]", 4, 8, "must begin with http://, https:// or a placeholder")]
    [InlineData("url: http://h.test/\n  hosts: [http://h.test]", 5, 11, "'http://h.test' is no host")]
    [InlineData("url: http://h.test:81/\n  hosts: [h.test]", 4, 8, "its host h.test:81 is not among the 'hosts' of the file (h.test)")]
    [InlineData("url: http://user@h.test/\n  hosts: [h.test]", 4, 8, "a user before its host")]
    [InlineData("url: \"{{config.url}}/a\"\n  hosts: [h.test]", 4, 8, "its host elsewhere.test is not among")]
    [InlineData("url: \"{{config.path}}\"\n  hosts: [h.test]", 4, 8, "is no URL for config 'a'")]
    [InlineData("url: \"http://{{config.host}}.test/\"\n  hosts: [h.test]", 4, 8, "stands in the host of a URL and is none")]
    [InlineData("url: \"http://{{input}}/\"\n  hosts: [h.test]", 4, 8, "which an input may not choose")]
    [InlineData("url: \"{{input.url}}\"\n  hosts: [h.test]", 4, 8, "which an input may not choose")]
    [InlineData("url: \"http://h.test/{{config.nope}}\"\n  hosts: [h.test]", 4, 8, "{{config.nope}} has no value in config 'a', which has: url, path, host")]
    [InlineData("url: \"http://h.test/{{nope}}\"\n  hosts: [h.test]", 4, 8, "{{nope}} is no placeholder. There are {{config.NAME}}")]
    [InlineData("url: \"http://h.test/{{input\"\n  hosts: [h.test]", 4, 8, "has no }} at its end")]
    [InlineData("url: \"http://h.test/{{env.NOT_SET}}\"\n  hosts: [h.test]", 4, 8, "has no variable 'NOT_SET'")]
    [InlineData("url: \"http://h.test/{{config.dots}}\"\n  hosts: [h.test]", 4, 8, "'..', which cannot be a part of a URL")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  method: GE T", 6, 11, "'method' is 'GE T'")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  method: CONNECT", 6, 11, "'method' is 'CONNECT'")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  headers: {Host: x}", 6, 13, "The header Host belongs to the connection")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  headers: {a b: x}", 6, 13, "'a b' is no name of a header")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  headers: {A: \"x\\ny\"}", 6, 16, "one line of text")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  body: '{\"a\": {{input}'", 6, 9, "has no }} at its end")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  body: '{\"a\": {{input}}'", 6, 9, "The body is to be JSON and is none")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  body: {a: [\"{{config.nope}}\"]}", 6, 14, "{{config.nope}} has no value")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  body: {a: [{\"{{config.path}}\": 1}]}", 6, 15, "The key '{{config.path}}' has a placeholder")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  headers: {content-type: text/plain}", 6, 13, "is that of a body, and there is no 'body'")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  response: {success: [2xx]}", 6, 24, "statuses such as 200 or ranges")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  response: {output: a.b}", 6, 22, "'a.b' is no path")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  response: {metrics: {tokens: $..a}}", 6, 32, "several places")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  maxResponseBytes: 0", 6, 21, "from 1 to 67108864")]
    [InlineData("url: http://h.test/\n  hosts: [h.test]\n  uri: x", 6, 3, "'http' has no key 'uri'. Known: url, hosts, headers, body, method, response, maxResponseBytes, proxy")]
    public void What_is_wrong_with_a_call_is_said_with_its_place(string http, int line, int column, string reason)
    {
        var (definition, problems) = Read(File(http));

        Assert.Null(definition);
        var found = problems.FirstOrDefault(problem => problem.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.True(found is not null, string.Join('\n', problems));
        Assert.Equal((line, column), (found.Line, found.Column));
    }

    private static string File(string http) =>
        $"name: shop\ntarget:\n http:\n  {http}\nstrategy: shadow\nconfigs: [{{id: a, url: 'http://elsewhere.test', path: /a, host: 'h/x', dots: '..'}}]";
}
