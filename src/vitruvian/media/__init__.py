"""Reading of images, videos, cameras and streams; writing of images and videos."""
