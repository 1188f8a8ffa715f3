namespace Amazon.Lambda.Core;

/// <summary>Makes objects of events, and answers of objects.</summary>
public interface ILambdaSerializer
{
    T Deserialize<T>(Stream requestStream);

    void Serialize<T>(T response, Stream responseStream);
}
