using System.Net;
using Amazon.Runtime;

namespace PostureScanner.AwsPackages;

/// <summary>Makes the exception of one error code.</summary>
internal delegate AmazonServiceException Fault(string message, Exception inner, ErrorType type, string code, string requestId, HttpStatusCode status);

/// <summary>What the operations of a service have in common.</summary>
/// <param name="Name">The service as requests name it, for metrics and logs.</param>
/// <param name="Version">The API version every request carries.</param>
/// <param name="List">What stands between a list's name and its index: <c>.member</c>, or nothing in EC2's dialect.</param>
/// <param name="Wrapper">Whether the answer's members stand in a <c>…Result</c> element; in EC2's dialect they stand in the root.</param>
/// <param name="Unnamed">The exception of a code that the operation does not declare.</param>
internal sealed record QueryService(string Name, string Version, string List, bool Wrapper, Fault Unnamed);
