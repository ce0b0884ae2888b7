package io.nettrace.edge.portal;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A list that a page shows, made once in a request. Facelets asks for the items of a {@code
 * c:forEach} again at every use of its variable, so a table of a hundred rows would be made a
 * thousand times. Only for methods without parameters.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Once {}
