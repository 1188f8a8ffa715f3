using System.Collections;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using PostureScanner.Aws;
using PostureScanner.Lambda;

// Past Console.Out, which the official bootstrap wraps to put its own words before each line.
await using var output = Console.OpenStandardOutput();
var log = new FunctionLog(output, TimeProvider.System);
Function? function = null;
using var bootstrap = LambdaBootstrapBuilder
    .Create<ScheduleEvent, RunSummary>((input, context) => function!.HandleAsync(input, context), new SourceGeneratorLambdaJsonSerializer<FunctionJson>())
    .UseBootstrapHandler(() =>
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
        function = new Function(FunctionSettings.Of(environment, AppContext.BaseDirectory, TimeProvider.System), log, TimeProvider.System);
        return Task.FromResult(true);
    })
    .Build();
try
{
    await bootstrap.RunAsync();
    return 0;
}
// Lambda has been told already, with every problem.
catch (SettingsException)
{
    return 1;
}
