// Writes what Apple's Vision finds in images, in the format vision.json (docs/formats.md):
//     swift examples/apple_vision.swift IMAGE... > vision.json
// It needs macOS 11 or newer. It follows Apple's documentation, and was not run.
import CoreImage
import Foundation
import Vision

let images = try CommandLine.arguments.dropFirst().map { path -> [String: Any] in
    let url = URL(fileURLWithPath: path)
    guard let image = CIImage(contentsOf: url, options: [.applyOrientationProperty: true]) else {
        throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: path])
    }
    let request = VNDetectHumanBodyPoseRequest()
    try VNImageRequestHandler(ciImage: image).perform([request])
    let observations = try (request.results ?? []).map { person -> [String: Any] in
        let joints = try person.recognizedPoints(.all).map { name, point in
            (name.rawValue.rawValue, [point.x, point.y, Double(point.confidence)])
        }
        return ["confidence": person.confidence, "joints": Dictionary(uniqueKeysWithValues: joints)]
    }
    let size = [image.extent.width, image.extent.height]
    return ["image": url.lastPathComponent, "size": size, "observations": observations]
}
FileHandle.standardOutput.write(try JSONSerialization.data(withJSONObject: images))
