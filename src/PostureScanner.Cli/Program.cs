using PostureScanner.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess());
